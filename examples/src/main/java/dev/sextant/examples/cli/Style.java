package dev.sextant.examples.cli;

/**
 * How text is made to stand out.
 *
 * @param coloured whether escape sequences may be used; otherwise all text stays plain
 */
record Style(boolean coloured) {
  static final Style PLAIN = new Style(false);

  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";

  /** A heading. */
  String bold(String text) {
    return wrap("1", text);
  }

  /** What matters less. */
  String faint(String text) {
    return wrap("2", text);
  }

  /** Text of the model. */
  String token(String text) {
    return wrap("36", text);
  }

  /** A bar. */
  String bar(String text) {
    return wrap("33", text);
  }

  /** The text without escape sequences. */
  static String plain(String text) {
    return text.replaceAll("\u001b\\[\\d*m", "");
  }

  private String wrap(String code, String text) {
    return coloured && !text.isEmpty() ? ESCAPE + code + "m" + text + RESET : text;
  }
}
