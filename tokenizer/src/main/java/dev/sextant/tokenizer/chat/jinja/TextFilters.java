package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Filters that make texts of texts; as Jinja does, they take the text of any value. */
final class TextFilters {
  private static final Pattern WORDS = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    simple(all, "string", text -> text);
    simple(all, "lower", TextMethods::lower);
    simple(all, "upper", TextMethods::upper);
    simple(all, "capitalize", TextMethods::capitalize);
    simple(all, "title", TextFilters::title);
    simple(all, "wordcount", text -> WORDS.matcher(text).results().count());
    all.put("trim", TextFilters::trim);
    all.put("replace", TextFilters::replace);
    all.put("center", TextFilters::center);
    all.put("format", TextFilters::format);
    all.put("indent", TextFilters::indent);
    all.put("truncate", TextFilters::truncate);
  }

  private static void simple(Map<String, Operation<Object>> all, String name, Function<String, Object> filter) {
    all.put(name, (value, arguments, rendering) -> {
      arguments.bind(name);
      Object result = filter.apply(Printer.text(value, rendering.budget()));
      if (!(result instanceof String text)) {
        return result;
      }
      rendering.budget().characters(text.length());
      return value instanceof Markup ? new Markup(text) : text;
    });
  }

  /** Words begin behind white space, a dash or an opening bracket; unlike the method of that name. */
  private static String title(String text) {
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    while (from < text.length()) {
      int to = from;
      while (to < text.length() && !separates(text.charAt(to))) {
        to++;
      }
      if (to > from) {
        int first = from + Character.charCount(text.codePointAt(from));
        result.append(TextMethods.upper(text.substring(from, first)));
        result.append(TextMethods.lower(text.substring(first, to)));
      }
      from = to;
      while (from < text.length() && separates(text.charAt(from))) {
        result.append(text.charAt(from++));
      }
    }
    return result.toString();
  }

  private static boolean separates(char c) {
    return "-({[<".indexOf(c) >= 0 || Characters.isSpace(c);
  }

  private static Object trim(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("trim", "chars");
    String text = Printer.text(value, rendering.budget());
    if (value instanceof Markup) {
      if (!bound.isNone(0)) {
        throw new Failure("trim: trimming given characters from markup is not supported");
      }
      return new Markup(TextMethods.strip(text));
    }
    return bound.isNone(0) ? TextMethods.strip(text) : TextMethods.strip(text, bound.text(0));
  }

  private static Object replace(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("replace", "old", "new", "count");
    Budget budget = rendering.budget();
    int count = bound.isNone(2) ? -1 : bound.count(2, -1);
    return TextMethods.replace(Printer.text(value, budget), Printer.text(bound.get(0), budget),
        Printer.text(bound.get(1), budget), count, budget);
  }

  private static Object center(Object value, CallArguments arguments, Rendering rendering) {
    int width = arguments.bind("center", "width").count(0, 80);
    refuseMarkup("center", value);
    return TextMethods.pad(Printer.text(value, rendering.budget()), width, " ", '^', rendering.budget());
  }

  private static Object format(Object value, CallArguments arguments, Rendering rendering) {
    if (!arguments.positional().isEmpty() && !arguments.named().isEmpty()) {
      throw new Failure("format: arguments with and without names at the same time");
    }
    refuseMarkup("format", value);
    Dict named = new Dict();
    arguments.named().forEach(named::put);
    Object operand = arguments.named().isEmpty() ? new Tuple(arguments.positional()) : named;
    return PercentFormat.format(Printer.text(value, rendering.budget()), operand, rendering.budget());
  }

  private static void refuseMarkup(String filter, Object value) {
    if (value instanceof Markup) {
      throw new Failure(filter + ": markup is not supported");
    }
  }

  private static Object indent(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("indent", "width", "first", "blank");
    if (!(value instanceof String text)) {
      throw new Failure("indent: expected a str, found '" + Values.typeName(value) + "'");
    }
    Budget budget = rendering.budget();
    int width = bound.has(0) && bound.get(0) instanceof String ? 0 : bound.count(0, 4);
    budget.characters(width);
    String indent = width == 0 && bound.has(0) && bound.get(0) instanceof String given
        ? given
        : " ".repeat(Math.max(0, width));
    TextBuffer result = new TextBuffer(budget);
    List<Object> lines = TextSplits.lines(text + "\n", false);
    for (int i = 0; i < lines.size(); i++) {
      String line = (String) lines.get(i);
      boolean indented = i == 0 ? bound.flag(1) : bound.flag(2) || !line.isEmpty();
      result.append(i == 0 ? "" : "\n").append(indented ? indent : "").append(line);
    }
    return result.toString();
  }

  private static Object truncate(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("truncate", "length", "killwords", "end", "leeway");
    int length = bound.count(0, 255);
    String end = bound.has(2) ? bound.text(2) : "...";
    int leeway = bound.isNone(3) ? 5 : bound.count(3, 5);
    int kept = length - CodePoints.length(end);
    if (kept < 0 || leeway < 0) {
      throw new Failure("truncate: the length must hold the end, and the leeway must not be negative");
    }
    if (Values.length(value) <= (long) length + leeway) {
      return value;
    }
    if (!(value instanceof String text)) {
      throw new Failure("truncate: expected a str, found '" + Values.typeName(value) + "'");
    }
    String head = CodePoints.between(text, 0, kept);
    int space = head.lastIndexOf(' ');
    return (bound.flag(1) || space < 0 ? head : head.substring(0, space)) + end;
  }
}
