package dev.sextant.tokenizer.chat.jinja;

/** What Python says of characters. */
final class Characters {
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

  /** Decimal digits, and those in circles, raised or lowered. */
  static boolean isDigit(int c) {
    return isDecimal(c) || Character.getType(c) == Character.OTHER_NUMBER && isSmall(Character.getNumericValue(c));
  }

  private static boolean isSmall(int number) {
    return number >= 0 && number <= 9;
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
