package dev.sextant.tokenizer.chat.jinja;

import java.util.Arrays;

/** What Python says of characters. */
final class Characters {
  /** The ranges of Unicode's Numeric_Type=Digit that are no decimal digits. */
  private static final int[][] DRESSED_DIGITS = {{0xB2, 0xB3}, {0xB9, 0xB9}, {0x1369, 0x1371}, {0x19DA, 0x19DA},
    {0x2070, 0x2070}, {0x2074, 0x2079}, {0x2080, 0x2089}, {0x2460, 0x2468}, {0x2474, 0x247C}, {0x2488, 0x2490},
    {0x24EA, 0x24EA}, {0x24F5, 0x24FD}, {0x24FF, 0x24FF}, {0x2776, 0x277E}, {0x2780, 0x2788}, {0x278A, 0x2792},
    {0x10A40, 0x10A43}, {0x10E60, 0x10E68}, {0x11052, 0x1105A}, {0x1F100, 0x1F10A}};

  private Characters() {}

  /** As str.isspace and the regular expression \s. */
  static boolean isSpace(int c) {
    return c >= 0x09 && c <= 0x0D || c >= 0x1C && c <= 0x20 || c == 0x85 || c == 0xA0
        || c > 0xFF && Character.isSpaceChar(c);
  }

  static boolean isLineBreak(char c) {
    return c >= 0x0A && c <= 0x0D || c >= 0x1C && c <= 0x1E || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** As str.isprintable: what repr leaves as it is. */
  static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
        false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  static boolean isAlpha(int c) {
    return Character.isLetter(c);
  }

  static boolean isDecimal(int c) {
    return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
  }

  /** Decimal digits, and those that are raised, lowered, in circles or otherwise dressed up. */
  static boolean isDigit(int c) {
    return isDecimal(c) || c > 0x7F && Arrays.stream(DRESSED_DIGITS).anyMatch(range -> c >= range[0] && c <= range[1]);
  }

  static boolean isAlphanumeric(int c) {
    return isAlpha(c) || isDigit(c) || Character.getNumericValue(c) != -1 && !Character.isLetter(c);
  }

  static boolean isUpper(int c) {
    return Character.isUpperCase(c);
  }

  static boolean isLower(int c) {
    return Character.isLowerCase(c);
  }

  static boolean isTitle(int c) {
    return Character.isTitleCase(c);
  }

  /** Whether the character has case, so that a word goes on behind it. */
  static boolean isCased(int c) {
    return isUpper(c) || isLower(c) || isTitle(c);
  }

  static boolean startsName(char c) {
    return c == '_' || Character.isUnicodeIdentifierStart(c);
  }

  static boolean continuesName(char c) {
    return c == '_' || Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  /** The first place at or behind at that holds no white space. */
  static int skipSpace(String text, int at) {
    int i = at;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }
}
