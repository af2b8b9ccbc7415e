package dev.sextant.tokenizer.text;

/** Messages quote files, which hold any text: made fit to print here, so that no message runs away or moves the cursor. */
public final class Printable {
  /** The most UTF-16 units of a message; what is longer keeps its head, which says where, and its tail, which says why. */
  public static final int LONGEST = 1200;

  private Printable() {}

  /** The message with control characters and half surrogate pairs escaped, cut in its middle if it is too long. */
  public static String message(String text) {
    return cut(text(cut(text))); // escapes make it longer, but never more than six times
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) return text;
    int half = LONGEST / 2 - 20; // leaves room for what is said about the cut
    return text.substring(0, half) + "… (" + text.length() + " characters) …" + text.substring(text.length() - half);
  }

  /** The text with control characters and half surrogate pairs escaped. */
  public static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      if (isPrintable(point)) shown.appendCodePoint(point);
      else shown.append(String.format("\\u%04x", point));
    });
    return shown.toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
        false;
      default -> true;
    };
  }
}
