package dev.sextant.tokenizer.text;

/** The character classes that tokenizer patterns are made of, as bits; Unicode as the running JDK knows it. */
public final class CharClass {
  /** {@code \p{L}}. */
  public static final int LETTER = 1;
  /** {@code \p{N}}. */
  public static final int NUMBER = 2;
  /** {@code \s}: the 25 characters of the property White_Space. */
  public static final int SPACE = 4;
  /** {@code [\r\n]}; these are SPACE too. */
  public static final int NEWLINE = 8;
  /** {@code [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]}: may stand before a word's lower-case letters. */
  public static final int UPPER = 16;
  /** {@code [\p{Ll}\p{Lm}\p{Lo}\p{M}]}. */
  public static final int LOWER = 32;
  /** {@code \p{M}}. */
  public static final int MARK = 64;
  /** {@code \p{P}} or {@code \p{S}}. */
  public static final int PUNCTUATION_OR_SYMBOL = 128;

  private static final byte[] BASIC_PLANE = new byte[Character.MIN_SUPPLEMENTARY_CODE_POINT];

  static {
    for (int c = 0; c < BASIC_PLANE.length; c++) {
      BASIC_PLANE[c] = (byte) classify(c);
    }
  }

  private CharClass() {}

  /** The bits of a code point. */
  public static int of(int codePoint) {
    return codePoint < BASIC_PLANE.length ? BASIC_PLANE[codePoint] & 0xFF : classify(codePoint);
  }

  /** The bits of a code point of the basic plane; none for half a surrogate pair. */
  static int ofUnit(char unit) {
    return BASIC_PLANE[unit] & 0xFF;
  }

  /** The bits of the code point at that index. */
  public static int at(char[] text, int index) {
    char c = text[index];
    return Character.isHighSurrogate(c) ? classify(Character.codePointAt(text, index)) : BASIC_PLANE[c] & 0xFF;
  }

  public static boolean isSpace(int codePoint) {
    return (of(codePoint) & SPACE) != 0;
  }

  /** {@code \w}: letters of any script, marks, digits, connectors such as {@code _}, joiners. */
  public static boolean isWord(int codePoint) {
    return Character.isAlphabetic(codePoint) || codePoint == 0x200C || codePoint == 0x200D
        || switch (Character.getType(codePoint)) {
          case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK,
              Character.DECIMAL_DIGIT_NUMBER, Character.CONNECTOR_PUNCTUATION ->
            true;
          default -> false;
        };
  }

  /** Punctuation as BERT has it: {@code \p{P}} and all ASCII symbols. */
  public static boolean isPunctuation(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION,
          Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
        true;
      case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL -> codePoint < 128;
      default -> false;
    };
  }

  private static int classify(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> LETTER | UPPER;
      case Character.LOWERCASE_LETTER -> LETTER | LOWER;
      case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> LETTER | UPPER | LOWER;
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
        MARK | UPPER | LOWER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
      case Character.CONTROL -> control(codePoint);
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> 0;
      default -> PUNCTUATION_OR_SYMBOL;
    };
  }

  private static int control(int codePoint) {
    if (codePoint == '\r' || codePoint == '\n') {
      return SPACE | NEWLINE;
    }
    // U+001C to U+001F are white space to Java, not to Unicode.
    return codePoint >= '\t' && codePoint < '\r' || codePoint == 0x85 ? SPACE : 0;
  }
}
