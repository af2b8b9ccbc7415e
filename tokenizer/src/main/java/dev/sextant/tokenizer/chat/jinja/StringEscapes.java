package dev.sextant.tokenizer.chat.jinja;

/** The escapes of Python's text literals. */
final class StringEscapes {
  private final Source source;
  private final String text;
  private final StringBuilder resolved = new StringBuilder();

  private StringEscapes(Source source) {
    this.source = source;
    this.text = source.text();
  }

  /** The text from begin to end, exclusive, of a source. */
  static String resolve(Source source, int begin, int end) {
    StringEscapes escapes = new StringEscapes(source);
    for (int i = begin; i < end;) {
      char c = source.text().charAt(i);
      if (c == '\\') {
        i = escapes.escape(i + 1, end);
      } else {
        escapes.resolved.append(c);
        i++;
      }
    }
    return escapes.resolved.toString();
  }

  /** Resolves the escape whose letter stands at a place and tells where it ends. */
  private int escape(int at, int end) {
    char letter = text.charAt(at);
    return switch (letter) {
      case 'n' -> plain("\n", at);
      case 't' -> plain("\t", at);
      case 'r' -> plain("\r", at);
      case 'a' -> plain("\u0007", at);
      case 'b' -> plain("\b", at);
      case 'f' -> plain("\f", at);
      case 'v' -> plain("\u000B", at);
      case '\\', '\'', '"' -> plain(String.valueOf(letter), at);
      case '\n' -> plain("", at);
      case 'x' -> hexadecimal(at, end, 2);
      case 'u' -> hexadecimal(at, end, 4);
      case 'U' -> hexadecimal(at, end, 8);
      case 'N' -> named(at, end);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(at, end);
      default -> plain("\\" + letter, at);
    };
  }

  private int plain(String meant, int at) {
    resolved.append(meant);
    return at + 1;
  }

  private int hexadecimal(int at, int end, int digits) {
    int from = at + 1;
    String spelled = text.substring(from, Math.min(from + digits, end));
    if (!spelled.matches("[0-9a-fA-F]{" + digits + "}")) {
      throw source.error(at - 1, "the escape \\" + text.charAt(at) + " takes " + digits + " hexadecimal digits");
    }
    long codePoint = Long.parseLong(spelled, 16);
    if (codePoint > Character.MAX_CODE_POINT || codePoint >= 0xD800 && codePoint <= 0xDFFF) {
      throw source.error(at - 1, "the escape names no character");
    }
    resolved.appendCodePoint((int) codePoint);
    return from + digits;
  }

  private int octal(int at, int end) {
    int i = at;
    int value = 0;
    while (i < end && i < at + 3 && text.charAt(i) >= '0' && text.charAt(i) <= '7') {
      value = value * 8 + text.charAt(i++) - '0';
    }
    resolved.appendCodePoint(value);
    return i;
  }

  private int named(int at, int end) {
    int close = text.indexOf('}', at);
    if (text.charAt(at + 1) != '{' || close < 0 || close >= end) {
      throw source.error(at - 1, "the escape \\N takes a name in braces");
    }
    try {
      resolved.appendCodePoint(Character.codePointOf(text.substring(at + 2, close)));
    } catch (IllegalArgumentException e) {
      throw source.error(at - 1, "the escape names no character");
    }
    return close + 1;
  }
}
