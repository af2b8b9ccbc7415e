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
   * On one line: a line end inside becomes a blank, and U+FFFD stands for what could move the cursor, turn the direction of
   * the text around, or is half a character. Joiners stay, which some scripts need.
   */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder();
    text.strip().replaceAll("\\s*\\R\\s*", " ").codePoints()
        .forEach(codePoint -> line.appendCodePoint(isHarmless(codePoint) ? codePoint : '\ufffd'));
    return line.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
      case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
