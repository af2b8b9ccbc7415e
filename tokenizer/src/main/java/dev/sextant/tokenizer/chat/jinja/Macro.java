package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A macro, or the body of a call block, together with the scope that it was defined in. */
record Macro(Statement.MacroDefinition definition, Scope around, Interpreter interpreter) implements Callable {

  @Override
  public Object call(CallArguments arguments, Rendering rendering) {
    Scope scope = around.inner();
    Set<String> used = new HashSet<>();
    List<String> parameters = signature().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      scope.set(parameters.get(i), argument(i, arguments, used, scope));
    }
    fillSpecial(arguments, used, scope);
    return interpreter.run(definition.body(), scope);
  }

  private Object argument(int parameter, CallArguments arguments, Set<String> used, Scope scope) {
    if (parameter < arguments.positional().size()) {
      return arguments.positional().get(parameter);
    }
    String name = signature().parameters().get(parameter);
    Object named = arguments.named().get(name);
    if (named != null) {
      used.add(name);
      return named;
    }
    @Nullable
    Expression otherwise = signature().defaultOf(parameter);
    return otherwise == null
        ? new Undefined("parameter '" + name + "' was not provided")
        : interpreter.evaluate(otherwise, scope);
  }

  /** Hands the arguments that no parameter takes to caller, kwargs and varargs, or fails. */
  private void fillSpecial(CallArguments arguments, Set<String> used, Scope scope) {
    Set<String> reads = signature().reads();
    if (reads.contains("caller")) {
      used.add("caller");
      Object caller = arguments.named().get("caller");
      scope.set("caller", caller == null ? new Undefined("the macro is called without a caller") : caller);
    }
    Dict others = new Dict();
    for (Map.Entry<String, Object> named : arguments.named().entrySet()) {
      if (!used.contains(named.getKey())) {
        others.put(named.getKey(), named.getValue());
      }
    }
    int count = signature().parameters().size();
    List<Object> positional = arguments.positional();
    List<Object> more = positional.subList(Math.min(count, positional.size()), positional.size());
    if (reads.contains("kwargs")) {
      scope.set("kwargs", others);
    } else if (others.size() > 0) {
      throw new Failure("macro '" + signature().name() + "' has no argument '" + others.keys().getFirst() + "'");
    }
    if (reads.contains("varargs")) {
      scope.set("varargs", new Tuple(new ArrayList<>(more)));
    } else if (!more.isEmpty()) {
      throw new Failure("macro '" + signature().name() + "' takes at most " + count + " arguments, given are "
          + positional.size());
    }
  }

  private Statement.Signature signature() {
    return definition.signature();
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public String toString() {
    return "<Macro '" + signature().name() + "'>";
  }
}
