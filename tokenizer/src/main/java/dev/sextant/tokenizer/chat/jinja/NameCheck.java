package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses, while a template is parsed, the filters, tests, functions and methods that this library does not have, so that
 * no conversation meets one later.
 */
final class NameCheck {
  private record Use(int at, String name, boolean method) {}

  private final TokenStream tokens;
  private final List<Use> calls = new ArrayList<>();
  /** Names that the template itself gives a value, which may be a macro. */
  private final Set<String> assigned = new HashSet<>();
  /** Names of attributes and keys that the template itself gives a value. */
  private final Set<String> stored = new HashSet<>();
  /** Names read since {@link #startReading}. */
  private Set<String> read = new HashSet<>();

  NameCheck(TokenStream tokens) {
    this.tokens = tokens;
  }

  Operation<Object> filter(int at, String name) {
    Operation<Object> filter = Filters.ALL.get(name);
    if (filter == null) {
      throw tokens.error(at, "filter '" + name + "' is not supported");
    }
    return filter;
  }

  Operation<Object> test(int at, String name) {
    Operation<Object> test = Tests.ALL.get(name);
    if (test == null) {
      throw tokens.error(at, "test '" + name + "' is not supported");
    }
    return test;
  }

  void call(Expression callee) {
    switch (callee) {
      case Expression.Name name -> calls.add(new Use(name.at(), name.name(), false));
      case Expression.Attribute method -> calls.add(new Use(method.at(), method.name(), true));
      default -> {}
    }
  }

  void reads(String name) {
    read.add(name);
  }

  void assigns(String name) {
    assigned.add(name);
  }

  void stores(String name) {
    stored.add(name);
  }

  /** Begins a fresh set of read names and hands out the one so far. */
  Set<String> startReading() {
    Set<String> before = read;
    read = new HashSet<>();
    return before;
  }

  /** Ends what {@link #startReading} began; hands out the names read since. */
  Set<String> stopReading(Set<String> before) {
    Set<String> since = read;
    before.addAll(since);
    read = before;
    return since;
  }

  /** To be called when everything is parsed, since a macro may be defined behind its use. */
  void finish() {
    for (Use use : calls) {
      if (use.method) {
        checkMethod(use);
      } else if (!assigned.contains(use.name) && !Globals.ALL.containsKey(use.name)) {
        throw tokens.error(use.at, "function '" + use.name + "' is not supported");
      }
    }
  }

  /** A method that changes a value is known, and fails when called, as in transformers' sandbox. */
  private void checkMethod(Use use) {
    if (!stored.contains(use.name) && !Attributes.isSupportedMethod(use.name) && !Attributes.changesValue(use.name)) {
      throw tokens.error(use.at, "method '" + use.name + "' is not supported");
    }
  }
}
