package dev.sextant.report.text;

/** Makes text visible that otherwise could not be seen: spaces, line ends, control characters. */
public final class Visible {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Visible() {}

  /** The text with a sign for each space, tab, line end and control character; a sign also for no text at all. */
  public static String text(String text) {
    if (text.isEmpty()) return "∅";
    StringBuilder visible = new StringBuilder();
    text.codePoints().forEach(codePoint -> append(codePoint, visible));
    return visible.toString();
  }

  /** In quotation marks, on one line: spaces stay, all else is as in {@link #text}. */
  public static String quoted(String text) {
    StringBuilder visible = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> {
      if (codePoint == ' ') visible.append(' ');
      else append(codePoint, visible);
    });
    return visible.append('"').toString();
  }

  /**
   * As it is to be read, on as many lines as it has: line ends and tabs stay, and a sign stands for what else could move the
   * cursor, turn the direction of the text around, or is half a character. Joiners stay. A text may be given piece by piece.
   */
  public static String flowing(String text) {
    StringBuilder flowing = new StringBuilder(text.length());
    for (int at = 0, codePoint; at < text.length(); at += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(at);
      boolean lineEnd = codePoint == '\n' || codePoint == '\r' && text.startsWith("\n", at + 1);
      if (lineEnd || codePoint == '\t' || isHarmless(codePoint)) flowing.appendCodePoint(codePoint);
      else append(codePoint, flowing);
    }
    return flowing.toString();
  }

  private static void append(int codePoint, StringBuilder visible) {
    switch (codePoint) {
      case ' ' -> visible.append('␣');
      case '\n' -> visible.append('⏎');
      case '\r' -> visible.append('␍');
      case '\t' -> visible.append('⇥');
      default -> {
        if (isInvisible(codePoint)) visible.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
        else visible.appendCodePoint(codePoint);
      }
    }
  }

  private static boolean isInvisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
        true;
      default -> false;
    };
  }

  /**
   * On one line: line ends inside, with the blanks around them, become one blank, and U+FFFD stands for what could move the
   * cursor, turn the direction of the text around, or is half a character. Joiners stay, which some scripts need. Texts come
   * from files too, and may be long: takes time in proportion.
   */
  public static String oneLine(String text) {
    String stripped = text.strip();
    StringBuilder line = new StringBuilder();
    int words = 0; // how much of the line there is up to the end of its last word
    boolean broken = false;
    for (int at = 0, codePoint; at < stripped.length(); at += Character.charCount(codePoint)) {
      codePoint = stripped.codePointAt(at);
      if (isLineEnd(codePoint)) broken = true;
      if (codePoint == ' ' || codePoint == '\t' || isLineEnd(codePoint)) {
        if (!broken) line.append(codePoint == ' ' ? ' ' : '\ufffd');
        continue;
      }
      if (broken) line.replace(words, line.length(), " ");
      line.appendCodePoint(isHarmless(codePoint) ? codePoint : '\ufffd');
      words = line.length();
      broken = false;
    }
    return line.substring(0, words);
  }

  /** As {@code \R} in a regular expression. */
  private static boolean isLineEnd(int codePoint) {
    return codePoint >= '\n' && codePoint <= '\r' || codePoint == '\u0085' || codePoint == '\u2028'
        || codePoint == '\u2029';
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
