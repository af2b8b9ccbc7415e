package dev.sextant.safetensors;

/** Names from files are any text: made fit to print here, so that no message runs away or moves the cursor. */
final class Text {
  private static final int QUOTED_CHARACTERS = 120;

  private Text() {}

  /** In double quotes, control characters escaped, long text cut in the middle. */
  static String quote(String text) {
    return '"' + printable(text, QUOTED_CHARACTERS) + '"';
  }

  /** At most {@code limit} characters of the text (more where some are escaped), head and tail kept. */
  static String printable(String text, int limit) {
    if (text.length() <= limit) {
      return escape(text);
    }
    int half = limit / 2;
    return escape(text.substring(0, half)) + "… (" + text.length() + " characters) …"
        + escape(text.substring(text.length() - half));
  }

  private static String escape(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      if (isPrintable(point)) {
        shown.appendCodePoint(point);
      } else {
        shown.append(String.format("\\u%04x", point));
      }
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

  /** Whether every surrogate has its partner: only then can the text be written as UTF-8. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      }
    }
    return true;
  }
}
