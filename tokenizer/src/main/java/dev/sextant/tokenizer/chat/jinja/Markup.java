package dev.sextant.tokenizer.chat.jinja;

/**
 * A text that counts as safe markup: what the filters safe and escape give. Like any text, but a text added to it is escaped
 * for HTML. What few operations templates put it through are supported; any other fails rather than lose that trait.
 */
record Markup(String text) {
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"",
        "&#34;");
  }

  /** The text of markup; anything else as it is. */
  static Object plain(Object value) {
    return value instanceof Markup markup ? markup.text() : value;
  }
}
