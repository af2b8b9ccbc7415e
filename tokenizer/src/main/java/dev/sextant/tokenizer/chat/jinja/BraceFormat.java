package dev.sextant.tokenizer.chat.jinja;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format.format(values)}. */
final class BraceFormat {
  private static final Pattern FIELD = Pattern
      .compile(
          "(?<first>[^.\\[!:{}]*+)(?<path>(?:\\.[^.\\[!:{}]++|\\[[^\\]]++\\])*+)(?:!(?<conversion>.))?+(?::(?<spec>[^{}]*+))?+");
  private static final Pattern STEP = Pattern.compile("\\.([^.\\[]++)|\\[([^\\]]++)\\]");
  private static final Pattern SPEC = Pattern.compile("(?:(?<fill>.)?(?<align>[<>^]))?(?<sign>[-+ ])?+(?<zero>0)?+"
      + "(?<width>\\d{1,9}+)?+(?<group>[,_])?+(?:\\.(?<precision>\\d{1,9}+))?+(?<type>[sdf])?+", Pattern.DOTALL);

  private final CallArguments arguments;
  private final Budget budget;
  private int next;
  private boolean numbered;

  private BraceFormat(CallArguments arguments, Budget budget) {
    this.arguments = arguments;
    this.budget = budget;
  }

  static String format(String format, CallArguments arguments, Budget budget) {
    BraceFormat formatter = new BraceFormat(arguments, budget);
    TextBuffer result = new TextBuffer(budget);
    int i = 0;
    while (i < format.length()) {
      char c = format.charAt(i);
      if (c != '{' && c != '}') {
        result.append(c);
        i++;
      } else if (i + 1 < format.length() && format.charAt(i + 1) == c) {
        result.append(c);
        i += 2;
      } else {
        int end = format.indexOf('}', i);
        if (c == '}' || end < 0) {
          throw new Failure("a single '" + c + "' in a format");
        }
        result.append(formatter.field(format.substring(i + 1, end)));
        i = end + 1;
      }
    }
    return result.toString();
  }

  private String field(String spelled) {
    budget.spend(1);
    Matcher field = FIELD.matcher(spelled);
    if (!field.matches()) {
      throw new Failure("the format field '{" + spelled + "}' is not supported");
    }
    Object value = value(field.group("first"));
    Matcher step = STEP.matcher(field.group("path"));
    while (step.find()) {
      value = step.group(1) != null ? Attributes.attribute(value, step.group(1))
          : Subscripts.item(value, index(step.group(2)));
    }
    String spec = field.group("spec");
    return formatted(converted(value, field.group("conversion")), spec == null ? "" : spec);
  }

  private Object value(String first) {
    if (first.isEmpty()) {
      return positional(next++);
    }
    if (first.matches("\\d{1,9}")) {
      numbered = true;
      return positional(Integer.parseInt(first));
    }
    Object value = arguments.named().get(first);
    if (value == null) {
      throw new Failure("the format names '" + first + "', which is not given");
    }
    return value;
  }

  private Object positional(int index) {
    if (numbered && next > 0) {
      throw new Failure("a format either counts its fields or has them counted");
    }
    if (index >= arguments.positional().size()) {
      throw new Failure("not enough values for the format");
    }
    return arguments.positional().get(index);
  }

  private static Object index(String spelled) {
    return spelled.matches("\\d{1,9}") ? (Object) Long.valueOf(spelled) : spelled;
  }

  private Object converted(Object value, @Nullable String conversion) {
    return switch (conversion) {
      case null -> value;
      case "s" -> Printer.text(value, budget);
      case "r" -> Printer.repr(value, budget);
      default -> throw new Failure("the format conversion '!" + conversion + "' is not supported");
    };
  }

  private String formatted(Object value, String spelled) {
    Matcher spec = SPEC.matcher(spelled);
    boolean number = Comparisons.isNumber(value);
    boolean text = value instanceof String;
    if (!spec.matches() || !spelled.isEmpty() && !text && !(number && !(value instanceof Boolean))) {
      throw new Failure(
          "the format specification '" + spelled + "' of a " + Values.typeName(value) + " is not supported");
    }
    if (spelled.isEmpty()) {
      return Printer.text(value, budget);
    }
    return padded(number ? number(value, spec) : text((String) value, spec), spec, number);
  }

  private String text(String value, Matcher spec) {
    if (spec.group("sign") != null || spec.group("group") != null || "df".contains(or(spec.group("type"), "s"))) {
      throw new Failure("the format specification fits numbers, not texts");
    }
    String precision = spec.group("precision");
    int length = CodePoints.length(value);
    return precision == null ? value : CodePoints.between(value, 0, Math.min(length, Integer.parseInt(precision)));
  }

  private String number(Object value, Matcher spec) {
    String type = or(spec.group("type"), value instanceof Long ? "d" : "");
    String precision = spec.group("precision");
    boolean supported = type.equals("f") || type.equals("d") && value instanceof Long && precision == null
        || type.isEmpty() && precision == null;
    if (!supported) {
      throw new Failure("the format specification of a " + Values.typeName(value) + " is not supported");
    }
    String digits = type.equals("f")
        ? NumberFormat.fixed(Arithmetic.toDouble(value), Integer.parseInt(or(precision, "6")), budget)
        : Printer.text(value, budget);
    String grouped = spec.group("group") == null ? digits : NumberFormat.grouped(digits, spec.group("group"));
    String sign = or(spec.group("sign"), "-");
    return sign.equals("-") || grouped.startsWith("-") ? grouped : sign + grouped;
  }

  private String padded(String text, Matcher spec, boolean number) {
    if (spec.group("width") == null) {
      return text;
    }
    int width = Integer.parseInt(spec.group("width"));
    boolean zero = spec.group("zero") != null;
    if (zero && spec.group("align") == null && number) {
      if (spec.group("group") != null) {
        throw new Failure("a format with both zeros and groups is not supported");
      }
      return NumberFormat.zeros(text, width, budget);
    }
    char align = or(spec.group("align"), number ? ">" : "<").charAt(0);
    return align == '^'
        ? centred(text, width, or(spec.group("fill"), zero ? "0" : " "))
        : TextMethods.pad(text, width, or(spec.group("fill"), zero ? "0" : " "), align, budget);
  }

  /** Unlike str.center a format puts the odd one always to the right. */
  private String centred(String text, int width, String fill) {
    int missing = Math.max(0, width - CodePoints.length(text));
    budget.characters(width);
    return fill.repeat(missing / 2) + text + fill.repeat(missing - missing / 2);
  }

  private static String or(@Nullable String group, String otherwise) {
    return group == null ? otherwise : group;
  }
}
