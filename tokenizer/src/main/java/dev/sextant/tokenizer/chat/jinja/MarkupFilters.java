package dev.sextant.tokenizer.chat.jinja;

import java.util.Map;

/**
 * Filters that make markup, a kind of text that escapes what is added to it. Where the result is printed at once it is like
 * any text, and only there they are supported.
 */
final class MarkupFilters {
  static final Map<String, Operation<Object>> ALL = Map.of("safe", MarkupFilters::safe, "escape", MarkupFilters::escape,
      "e", MarkupFilters::escape, "forceescape", MarkupFilters::escape);

  private MarkupFilters() {}

  private static Object safe(Object value, CallArguments arguments, Rendering rendering) {
    return Printer.text(value, rendering.budget());
  }

  private static Object escape(Object value, CallArguments arguments, Rendering rendering) {
    String text = Printer.text(value, rendering.budget());
    rendering.budget().characters(6L * text.length());
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"",
        "&#34;");
  }
}
