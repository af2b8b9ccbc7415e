package dev.sextant.tokenizer.chat.jinja;

import java.util.Map;

/** Filters that make markup. */
final class MarkupFilters {
  /** The longest that one character becomes when it is escaped. */
  private static final int LONGEST_ESCAPE = 5;

  private MarkupFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    all.put("safe", MarkupFilters::safe);
    all.put("escape", MarkupFilters::escape);
    all.put("e", MarkupFilters::escape);
    all.put("forceescape", MarkupFilters::forceEscape);
  }

  private static Object safe(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("safe");
    return new Markup(Printer.text(value, rendering.budget()));
  }

  private static Object escape(Object value, CallArguments arguments, Rendering rendering) {
    return value instanceof Markup ? value : forceEscape(value, arguments, rendering);
  }

  private static Object forceEscape(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("escape");
    return new Markup(escaped(Printer.text(value, rendering.budget()), rendering.budget()));
  }

  static String escaped(String text, Budget budget) {
    budget.characters((long) LONGEST_ESCAPE * text.length());
    return Markup.escape(text);
  }
}
