package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;

/** Texts by code points, which are Python's characters. */
final class CodePoints {
  private CodePoints() {}

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static Iterator<Object> iterate(String text) {
    return text.codePoints().mapToObj(c -> (Object) Character.toString(c)).iterator();
  }

  /** Where the code point of that index begins in the text; the index may be the length. */
  static int offset(String text, int index) {
    return text.offsetByCodePoints(0, index);
  }

  /** How many code points lie before a place in the text. */
  static int index(String text, int offset) {
    return text.codePointCount(0, offset);
  }

  static String at(String text, int index) {
    return Character.toString(text.codePointAt(offset(text, index)));
  }

  /** The code points from one index to another, exclusive. */
  static String between(String text, int from, int to) {
    if (from >= to) {
      return "";
    }
    int begin = offset(text, from);
    return text.substring(begin, text.offsetByCodePoints(begin, to - from));
  }

  static String reversed(String text) {
    return new StringBuilder(text).reverse().toString(); // keeps surrogate pairs in order
  }

  /** As Python orders texts: by code point, where Java goes by UTF-16 units. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
        return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
