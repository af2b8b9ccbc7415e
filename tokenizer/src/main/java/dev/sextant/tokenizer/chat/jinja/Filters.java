package dev.sextant.tokenizer.chat.jinja;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Jinja's filters: {@code value | filter}. */
final class Filters {
  static final Map<String, Operation<Object>> ALL = all();

  private Filters() {}

  private static Map<String, Operation<Object>> all() {
    Map<String, Operation<Object>> all = new HashMap<>();
    TextFilters.addTo(all);
    NumberFilters.addTo(all);
    SequenceFilters.addTo(all);
    OrderFilters.addTo(all);
    SelectFilters.addTo(all);
    MarkupFilters.addTo(all);
    all.put("default", Filters::otherwise);
    all.put("d", Filters::otherwise);
    all.put("tojson", Filters::json);
    return Collections.unmodifiableMap(all);
  }

  private static Object otherwise(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("default", "default_value", "boolean");
    boolean replaced = value instanceof Undefined || bound.flag(1) && !Values.truth(value);
    return replaced ? bound.or(0, "") : value;
  }

  /** As transformers defines it: Python's json.dumps, without Jinja's escaping for HTML. */
  private static Object json(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("tojson", "ensure_ascii", "indent", "separators", "sort_keys");
    boolean multiline = !bound.isNone(1);
    String itemSeparator = multiline ? "," : ", ";
    String keySeparator = ": ";
    if (!bound.isNone(2)) {
      itemSeparator = separator(bound.get(2), 0, rendering);
      keySeparator = separator(bound.get(2), 1, rendering);
    }
    String indent = multiline ? indent(bound) : "";
    rendering.budget().characters((long) indent.length() * Values.NESTING);
    JsonText.Style style = new JsonText.Style(bound.flag(0), multiline, indent, itemSeparator, keySeparator,
        bound.flag(3));
    return JsonText.write(value, style, rendering.budget());
  }

  private static String indent(Bound bound) {
    if (bound.get(1) instanceof String text) {
      return text;
    }
    int width = bound.count(1, 0);
    if (width > 1000) {
      throw new Failure("tojson(): an indent of " + width);
    }
    return " ".repeat(Math.max(0, width));
  }

  private static String separator(Object separators, int index, Rendering rendering) {
    var both = Values.list(separators, rendering.budget());
    if (both.size() != 2 || !(both.get(index) instanceof String separator)) {
      throw new Failure("tojson(): separators must be two texts");
    }
    return separator;
  }
}
