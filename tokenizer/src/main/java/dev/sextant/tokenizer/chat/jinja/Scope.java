package dev.sextant.tokenizer.chat.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of a template, a macro call or a round of a loop; what is set in one does not reach its parent. */
final class Scope {
  private final @Nullable Scope parent;
  private final Map<String, Object> variables = new HashMap<>();

  private Scope(@Nullable Scope parent) {
    this.parent = parent;
  }

  /** The outermost scope: the functions, and over them the variables given to the template. */
  static Scope outermost(Dict given) {
    Scope functions = new Scope(null);
    functions.variables.putAll(Globals.ALL);
    Scope scope = functions.inner();
    given.entries().forEach(entry -> scope.set((String) entry.key(), entry.value()));
    return scope.inner();
  }

  Scope inner() {
    return new Scope(this);
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined("'" + name + "' is undefined");
  }
}
