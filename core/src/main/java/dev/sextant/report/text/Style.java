package dev.sextant.report.text;

/**
 * How text is made to stand out.
 *
 * @param coloured whether escape sequences may be used; otherwise all text stays plain
 */
public record Style(boolean coloured) {
  public static final Style PLAIN = new Style(false);

  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";

  /** A heading. */
  public String bold(String text) {
    return wrap("1", text);
  }

  /** What matters less. */
  public String faint(String text) {
    return wrap("2", text);
  }

  /** Text of the model. */
  public String token(String text) {
    return wrap("36", text);
  }

  /** A bar. */
  public String bar(String text) {
    return wrap("33", text);
  }

  /** The text without escape sequences. */
  public static String plain(String text) {
    return text.contains(ESCAPE) ? text.replaceAll("\u001b\\[\\d*m", "") : text;
  }

  private String wrap(String code, String text) {
    return coloured && !text.isEmpty() ? ESCAPE + code + "m" + text + RESET : text;
  }
}
