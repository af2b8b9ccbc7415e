package dev.sextant.tokenizer.chat.jinja;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}. */
final class PercentFormat {
  private static final Pattern DIRECTIVE = Pattern
      .compile(
          "%(?:\\((?<key>[^)]*+)\\))?+(?<flags>[-+ 0#]*+)(?<width>\\d{1,9}+)?+(?:\\.(?<precision>\\d{0,9}+))?+(?<type>.)?+",
          Pattern.DOTALL);

  private final List<Object> values;
  private final Object operand;
  private final Budget budget;
  private int next;

  private PercentFormat(Object operand, Budget budget) {
    this.operand = operand;
    this.values = operand instanceof Tuple tuple ? tuple.items() : List.of(operand);
    this.budget = budget;
  }

  static String format(String format, Object operand, Budget budget) {
    PercentFormat formatter = new PercentFormat(operand, budget);
    TextBuffer result = new TextBuffer(budget);
    Matcher directive = DIRECTIVE.matcher(format);
    int from = 0;
    boolean keyed = false;
    while (directive.find()) {
      budget.spend(1);
      keyed |= directive.group("key") != null;
      result.append(format.substring(from, directive.start())).append(formatter.field(directive));
      from = directive.end();
    }
    // Python looks for no unused value where the operand could be asked for items by name.
    boolean mapping = operand instanceof Dict || operand instanceof List<?> || operand instanceof Range
        || operand instanceof Undefined;
    if (formatter.next < formatter.values.size() && !(mapping && formatter.next == 0) && !keyed) {
      throw new Failure("not all values of the format are used");
    }
    return result.append(format.substring(from)).toString();
  }

  private String field(Matcher directive) {
    String type = directive.group("type");
    if (type == null) {
      throw new Failure("the format ends within a directive");
    }
    if (type.equals("%")) {
      return "%";
    }
    Object value = value(directive.group("key"));
    String flags = directive.group("flags");
    String digits = directive.group("precision");
    int precision = digits == null ? -1 : digits.isEmpty() ? 0 : Integer.parseInt(digits);
    String text = switch (type) {
      case "s" -> cut(Printer.text(value, budget), precision);
      case "r" -> cut(Printer.repr(value, budget), precision);
      case "d", "i", "u" -> sign(whole(value, type), flags);
      case "x" -> sign(hexadecimal(whole(value, type)), flags);
      case "X" -> sign(TextMethods.upper(hexadecimal(whole(value, type))), flags);
      case "f", "F" ->
        sign(NumberFormat.fixed(Arithmetic.toDouble(value), precision < 0 ? 6 : precision, budget), flags);
      default -> throw new Failure("the format directive %" + type + " is not supported");
    };
    return padded(text, flags, directive.group("width"), "sr".contains(type));
  }

  private Object value(@Nullable String key) {
    if (key != null) {
      Object value = operand instanceof Dict dict ? dict.get(key) : null;
      if (value == null) {
        throw new Failure("the format names '" + key + "', which is not given");
      }
      return value;
    }
    if (next >= values.size()) {
      throw new Failure("not enough values for the format");
    }
    return values.get(next++);
  }

  private static String cut(String text, int precision) {
    return precision < 0 || CodePoints.length(text) <= precision ? text : CodePoints.between(text, 0, precision);
  }

  private static String whole(Object value, String type) {
    return switch (Arithmetic.plain(value)) {
      case Long number -> number.toString();
      case Double number when !type.equalsIgnoreCase("x") && Math.abs(number) < 0x1p63 ->
        String.valueOf(number.longValue());
      default ->
        throw new Failure("the format directive %" + type + " takes an integer, not " + Values.typeName(value));
    };
  }

  private static String hexadecimal(String decimal) {
    return Long.toString(Long.parseLong(decimal), 16);
  }

  private static String sign(String number, String flags) {
    if (flags.contains("#")) {
      throw new Failure("the format flag # is not supported");
    }
    String plus = flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    return number.startsWith("-") ? number : plus + number;
  }

  private String padded(String text, String flags, @Nullable String width, boolean isText) {
    if (width == null) {
      return text;
    }
    int wide = Integer.parseInt(width);
    if (flags.contains("-")) {
      return TextMethods.pad(text, wide, " ", '<', budget);
    }
    return flags.contains("0") && !isText
        ? NumberFormat.zeros(text, wide, budget)
        : TextMethods.pad(text, wide, " ", '>', budget);
  }
}
