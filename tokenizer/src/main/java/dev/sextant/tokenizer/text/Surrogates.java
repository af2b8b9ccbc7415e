package dev.sextant.tokenizer.text;

/** Java texts may hold half a surrogate pair, which is no character; UTF-8 cannot write it. */
public final class Surrogates {
  private static final int BLOCK = 1024; // units looked at together, in an array: quicker than one by one
  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  public static boolean wellFormed(String text) {
    return firstLone(text) < 0;
  }

  /** The text with U+FFFD in place of each lone surrogate; of the same length. */
  public static String replaceLone(String text) {
    int at = firstLone(text);
    if (at < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (; at >= 0; at = firstLone(text, at + 1)) {
      repaired.setCharAt(at, REPLACEMENT);
    }
    return repaired.toString();
  }

  private static int firstLone(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
        return i;
      }
      i++;
    }
    return -1;
  }

  private static int firstLone(String text) {
    int from = text.length() < BLOCK ? 0 : firstSurrogate(text);
    return from < 0 ? -1 : firstLone(text, from);
  }

  /** Where the first surrogate stands; -1 if there is none, as in most texts. */
  private static int firstSurrogate(String text) {
    char[] block = new char[BLOCK];
    for (int start = 0; start < text.length(); start += BLOCK) {
      int length = Math.min(BLOCK, text.length() - start);
      text.getChars(start, start + length, block, 0);
      for (int i = 0; i < length; i++) {
        if (Character.isSurrogate(block[i])) {
          return start + i;
        }
      }
    }
    return -1;
  }
}
