package dev.sextant.tokenizer.chat.jinja;

import java.util.List;

/** Python's tuple: like a list, but printed in parentheses, never equal to a list, and fit to be a key. */
record Tuple(List<Object> items) {
  static Tuple of(Object... items) {
    return new Tuple(List.of(items));
  }
}
