package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;

/** The evaluated arguments of a call. */
record CallArguments(List<Object> positional, Map<String, Object> named) {
  static final CallArguments NONE = new CallArguments(List.of(), Map.of());

  /** Without the first positional argument. */
  CallArguments rest() {
    return new CallArguments(positional.subList(1, positional.size()), named);
  }

  /** Sorts the arguments by the function's parameters, as Python does. */
  Bound bind(String function, String... parameters) {
    Object[] values = new Object[parameters.length];
    if (positional.size() > parameters.length) {
      throw new Failure(function + "() takes at most " + parameters.length + " arguments, given are "
          + positional.size());
    }
    for (int i = 0; i < positional.size(); i++) {
      values[i] = positional.get(i);
    }
    named.forEach((name, value) -> values[place(function, name, values, parameters)] = value);
    return new Bound(function, parameters, values);
  }

  private static int place(String function, String name, Object[] values, String... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i].equals(name)) {
        if (values[i] != null) {
          throw new Failure(function + "() got two values for argument '" + name + "'");
        }
        return i;
      }
    }
    throw new Failure(function + "() has no argument '" + name + "'");
  }
}
