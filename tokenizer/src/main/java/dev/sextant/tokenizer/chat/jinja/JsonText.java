package dev.sextant.tokenizer.chat.jinja;

import java.util.ArrayList;
import java.util.List;

/** Values as Python's json.dumps writes them. */
final class JsonText {
  /**
   * How values are written.
   *
   * @param indent what a level is indented by; empty and not multiline if all goes in one line
   */
  record Style(boolean ascii, boolean multiline, String indent, String itemSeparator, String keySeparator,
      boolean sortKeys) {}

  private final Style style;
  private final Budget budget;
  private final TextBuffer output;

  private JsonText(Style style, Budget budget) {
    this.style = style;
    this.budget = budget;
    this.output = new TextBuffer(budget);
  }

  static String write(Object value, Style style, Budget budget) {
    JsonText json = new JsonText(style, budget);
    json.value(value, 0);
    return json.output.toString();
  }

  private void value(Object value, int depth) {
    if (depth > Values.NESTING) {
      throw new Failure("values nest deeper than " + Values.NESTING);
    }
    budget.spend(1);
    switch (value) {
      case String text -> text(text);
      case Markup markup -> text(markup.text());
      case List<?> list -> list(Values.items(list), depth);
      case Tuple tuple -> list(tuple.items(), depth);
      case Dict dict -> dict(dict, depth);
      default -> output.append(scalar(value));
    }
  }

  private static String scalar(Object value) {
    return switch (value) {
      case None none -> "null";
      case Boolean flag -> flag ? "true" : "false";
      case Long number -> number.toString();
      case Double number -> number(number);
      default -> throw new Failure("a value of type " + Values.typeName(value) + " cannot be written as JSON"
          + (value instanceof Undefined undefined ? ": " + undefined.reason() : ""));
    };
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    return Numbers.repr(number);
  }

  private void list(List<Object> items, int depth) {
    output.append('[');
    for (int i = 0; i < items.size(); i++) {
      separate(i, depth + 1);
      value(items.get(i), depth + 1);
    }
    close(!items.isEmpty(), ']', depth);
  }

  private void dict(Dict dict, int depth) {
    List<Dict.Entry> entries = new ArrayList<>(dict.entries());
    if (style.sortKeys) {
      entries.sort((a, b) -> Comparisons.order(a.key(), b.key(), budget));
    }
    output.append('{');
    for (int i = 0; i < entries.size(); i++) {
      separate(i, depth + 1);
      text(key(entries.get(i).key()));
      output.append(style.keySeparator);
      value(entries.get(i).value(), depth + 1);
    }
    close(!entries.isEmpty(), '}', depth);
  }

  private static String key(Object key) {
    if (key instanceof Tuple) {
      throw new Failure("the keys of a dict written as JSON must be texts, numbers, truth values or None, not tuples");
    }
    return Markup.plain(key) instanceof String text ? text : scalar(key);
  }

  private void separate(int index, int depth) {
    if (index > 0) {
      output.append(style.itemSeparator);
    }
    breakLine(depth);
  }

  private void close(boolean filled, char bracket, int depth) {
    if (filled) {
      breakLine(depth);
    }
    output.append(bracket);
  }

  private void breakLine(int depth) {
    if (style.multiline) {
      output.append('\n').append(style.indent.repeat(depth));
    }
  }

  private void text(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), quoted);
    }
    output.append(quoted.append('"').toString());
  }

  private void escape(char c, StringBuilder quoted) {
    switch (c) {
      case '"', '\\' -> quoted.append('\\').append(c);
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '\f' -> quoted.append("\\f");
      case '\b' -> quoted.append("\\b");
      default -> {
        if (c < 0x20 || style.ascii && c > 0x7E) {
          quoted.append(String.format("\\u%04x", (int) c));
        } else {
          quoted.append(c);
        }
      }
    }
  }
}
