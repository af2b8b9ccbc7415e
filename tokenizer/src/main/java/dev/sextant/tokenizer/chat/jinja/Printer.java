package dev.sextant.tokenizer.chat.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as Python's str and repr print them. */
final class Printer {
  private final TextBuffer output;

  private Printer(Budget budget) {
    this.output = new TextBuffer(budget);
  }

  /** As str: a text as it is. */
  static String text(Object value, Budget budget) {
    return switch (value) {
      case String text -> text;
      case Markup markup -> markup.text();
      case Undefined undefined -> "";
      default -> repr(value, budget);
    };
  }

  /** As repr: a text in quotes. */
  static String repr(Object value, Budget budget) {
    Printer printer = new Printer(budget);
    printer.print(value, 0);
    return printer.output.toString();
  }

  private void print(Object value, int depth) {
    if (depth > Values.NESTING) {
      throw new Failure("values nest deeper than " + Values.NESTING);
    }
    switch (value) {
      case String text -> output.append(quoted(text));
      case Markup markup -> output.append("Markup(").append(quoted(markup.text())).append(")");
      case Boolean flag -> output.append(flag ? "True" : "False");
      case Long number -> output.append(number.toString());
      case Double number -> output.append(Numbers.repr(number));
      case None none -> output.append("None");
      case Undefined undefined -> output.append("Undefined");
      case List<?> list -> items("[", Values.items(list), "]", depth);
      case Tuple tuple -> items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")", depth);
      case Dict dict -> dict(dict, depth);
      case DictView view -> items(view.typeName() + "([", view.list(), "])", depth);
      case Range range -> range(range);
      case Namespace namespace -> namespace(namespace, depth);
      case Macro macro -> output.append(macro.toString());
      default -> throw new Failure("a " + Values.typeName(value) + " has no text of its own to print");
    }
  }

  private void items(String open, List<Object> items, String close, int depth) {
    output.append(open);
    String separator = "";
    for (Object item : items) {
      output.append(separator);
      print(item, depth + 1);
      separator = ", ";
    }
    output.append(close);
  }

  private void dict(Dict dict, int depth) {
    output.append("{");
    Iterator<Dict.Entry> entries = dict.entries().iterator();
    while (entries.hasNext()) {
      Dict.Entry entry = entries.next();
      print(entry.key(), depth + 1);
      output.append(": ");
      print(entry.value(), depth + 1);
      output.append(entries.hasNext() ? ", " : "");
    }
    output.append("}");
  }

  private void range(Range range) {
    output
        .append("range(" + range.start() + ", " + range.stop() + (range.step() == 1 ? "" : ", " + range.step()) + ")");
  }

  private void namespace(Namespace namespace, int depth) {
    Dict attributes = new Dict();
    for (Map.Entry<String, Object> attribute : namespace.attributes().entrySet()) {
      attributes.put(attribute.getKey(), attribute.getValue());
    }
    output.append("<Namespace ");
    print(attributes, depth + 1);
    output.append(">");
  }

  private static String quoted(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder quoted = new StringBuilder(text.length() + 2).append(quote);
    text.codePoints().forEach(c -> quote(c, quote, quoted));
    return quoted.append(quote).toString();
  }

  private static void quote(int c, char quote, StringBuilder quoted) {
    switch (c) {
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case '\\' -> quoted.append("\\\\");
      default -> {
        if (c == quote) {
          quoted.append('\\').append(quote);
        } else if (Characters.isPrintable(c)) {
          quoted.appendCodePoint(c);
        } else {
          quoted
              .append(c < 0x100 ? String.format("\\x%02x", c) : String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }
}
