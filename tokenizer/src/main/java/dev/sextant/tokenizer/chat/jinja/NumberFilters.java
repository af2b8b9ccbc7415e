package dev.sextant.tokenizer.chat.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters that make numbers. */
final class NumberFilters {
  private NumberFilters() {}

  static void addTo(Map<String, Operation<Object>> all) {
    all.put("abs", NumberFilters::abs);
    all.put("int", NumberFilters::integer);
    all.put("float", NumberFilters::floating);
    all.put("round", NumberFilters::round);
    all.put("sum", NumberFilters::sum);
    all.put("length", NumberFilters::length);
    all.put("count", NumberFilters::length);
  }

  private static Object length(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("length");
    return (long) Values.length(value);
  }

  private static Object abs(Object value, CallArguments arguments, Rendering rendering) {
    arguments.bind("abs");
    boolean negative = Arithmetic.toDouble(value) < 0 || value instanceof Double number && 1 / number < 0;
    return Arithmetic.signed(negative, value);
  }

  private static Object integer(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("int", "default", "base");
    int base = bound.count(1, 10);
    if (base < 2 || base > 36) {
      throw new Failure("int: base " + base + " is not supported; it must lie in 2 to 36");
    }
    Long number = switch (Arithmetic.plain(Markup.plain(value))) {
      case Long whole -> whole;
      case Double fraction -> truncated(fraction);
      case String text -> readInteger(text, base);
      case Undefined undefined -> throw undefined.failure();
      default -> null;
    };
    return number == null ? bound.or(0, 0L) : number;
  }

  private static @Nullable Long readInteger(String text, int base) {
    Long whole = Numbers.readInteger(text, base);
    Double fraction = whole == null ? Numbers.readFloat(text) : null;
    return fraction == null || fraction.isInfinite() ? whole : truncated(fraction);
  }

  private static @Nullable Long truncated(double fraction) {
    if (Double.isNaN(fraction)) {
      return null;
    }
    if (Math.abs(fraction) >= 0x1p63) {
      throw new Failure("the integer " + fraction + " does not fit in 64 bits");
    }
    return (long) fraction;
  }

  private static Object floating(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("float", "default");
    Double number = switch (Arithmetic.plain(Markup.plain(value))) {
      case Long whole -> Double.valueOf(whole);
      case Double fraction -> fraction;
      case String text -> Numbers.readFloat(text);
      case Undefined undefined -> throw undefined.failure();
      default -> null;
    };
    return number == null ? bound.or(0, 0.0) : number;
  }

  private static Object round(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("round", "precision", "method");
    int precision = bound.count(0, 0);
    String method = bound.has(1) ? bound.text(1) : "common";
    if (Math.abs((long) precision) > 300) {
      throw new Failure("round: a precision of " + precision);
    }
    return switch (method) {
      case "common" -> rounded(value, precision);
      case "ceil" -> directed(value, precision, true);
      case "floor" -> directed(value, precision, false);
      default -> throw new Failure("round: the method must be common, ceil or floor, not '" + method + "'");
    };
  }

  /** To the nearest, halves to the even neighbour, of the number's exact value. */
  private static Object rounded(Object value, int precision) {
    if (Arithmetic.plain(value) instanceof Long whole) {
      return precision >= 0
          ? whole
          : (Object) new BigDecimal(whole).setScale(precision, RoundingMode.HALF_EVEN).longValueExact();
    }
    double number = Arithmetic.toDouble(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return number;
    }
    double rounded = new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, number);
  }

  private static Object directed(Object value, int precision, boolean up) {
    double power = Math.pow(10, precision);
    double scaled = Arithmetic.toDouble(value) * power;
    return (up ? Math.ceil(scaled) : Math.floor(scaled)) / power;
  }

  private static Object sum(Object value, CallArguments arguments, Rendering rendering) {
    Bound bound = arguments.bind("sum", "attribute", "start");
    Object sum = bound.or(1, 0L);
    for (Object item : Values.list(value, rendering.budget())) {
      Object part = bound.isNone(0) ? item : AttributePath.of(bound.get(0)).get(item);
      sum = Arithmetic.apply("+", sum, part, rendering.budget());
    }
    return sum;
  }
}
