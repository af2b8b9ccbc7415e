package dev.sextant.tokenizer.chat.jinja;

import org.jspecify.annotations.Nullable;

/** Arguments by parameter; a parameter that was not given is null. */
record Bound(String function, String[] parameters, @Nullable Object[] values) {
  boolean has(int index) {
    return values[index] != null;
  }

  Object get(int index) {
    Object value = values[index];
    if (value == null) {
      throw new Failure(function + "() lacks the argument '" + parameters[index] + "'");
    }
    return value;
  }

  Object or(int index, Object otherwise) {
    Object value = values[index];
    return value == null ? otherwise : value;
  }

  /** Whether the argument is missing or None. */
  boolean isNone(int index) {
    return values[index] == null || values[index] == None.NONE;
  }

  boolean flag(int index) {
    return Values.truth(or(index, false));
  }

  long integer(int index, long otherwise) {
    return has(index) ? integer(index) : otherwise;
  }

  long integer(int index) {
    return switch (get(index)) {
      case Long number -> number;
      case Boolean flag -> flag ? 1 : 0;
      case Object other -> throw wrong(index, "an integer", other);
    };
  }

  /** An integer drawn towards zero until it fits in an int: for counts and widths, which are bounded later. */
  int count(int index, int otherwise) {
    return Math.clamp(integer(index, otherwise), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  String text(int index) {
    if (Markup.plain(get(index)) instanceof String text) {
      return text;
    }
    throw wrong(index, "a str", get(index));
  }

  private Failure wrong(int index, String expected, Object found) {
    return new Failure(function + "(): argument '" + parameters[index] + "' must be " + expected + ", not "
        + Values.typeName(found));
  }
}
