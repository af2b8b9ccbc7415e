package dev.sextant.tokenizer.chat.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as Python prints and reads them. */
final class Numbers {
  private Numbers() {}

  /** The shortest digits that name the number, as float.__repr__ lays them out. */
  static String repr(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number > 0 ? "0.0" : "-0.0";
    }
    BigDecimal shortest = shortest(number);
    int exponent = shortest.precision() - shortest.scale() - 1;
    return exponent < -4 || exponent >= 16 ? scientific(shortest, exponent) : plain(shortest);
  }

  /** Java writes two digits even where one would do. */
  private static BigDecimal shortest(double number) {
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1));
    return digits.precision() == 2 && one.doubleValue() == number ? one : digits;
  }

  private static String plain(BigDecimal number) {
    String digits = number.toPlainString();
    return digits.indexOf('.') < 0 ? digits + ".0" : digits;
  }

  private static String scientific(BigDecimal number, int exponent) {
    String digits = number.unscaledValue().abs().toString();
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
    return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
  }

  /** As int(text, base) reads it; null where it raises ValueError. */
  static @Nullable Long readInteger(String text, int base) {
    String digits = TextMethods.strip(text).toLowerCase(Locale.ROOT);
    String sign = digits.startsWith("-") ? "-" : "";
    if (digits.startsWith("-") || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    String prefix = switch (base) {
      case 2 -> "0b";
      case 8 -> "0o";
      case 16 -> "0x";
      default -> " ";
    };
    if (digits.startsWith(prefix)) {
      digits = digits.substring(2);
      digits = digits.startsWith("_") ? digits.substring(1) : digits;
    }
    if (!digits.matches("[0-9a-z]++(?:_[0-9a-z]++)*+")) {
      return null;
    }
    try {
      return Long.valueOf(sign + digits.replace("_", ""), base);
    } catch (NumberFormatException e) {
      if (base == 10 && digits.matches("[0-9_]++")) {
        throw new Failure("the integer " + sign + digits + " does not fit in 64 bits");
      }
      return null;
    }
  }

  /** As float(text) reads it; null where it raises ValueError. */
  static @Nullable Double readFloat(String text) {
    String stripped = TextMethods.strip(text).toLowerCase(Locale.ROOT);
    String digits = stripped.startsWith("-") || stripped.startsWith("+") ? stripped.substring(1) : stripped;
    double sign = stripped.startsWith("-") ? -1 : 1;
    if (digits.equals("inf") || digits.equals("infinity")) {
      return sign * Double.POSITIVE_INFINITY;
    }
    if (digits.equals("nan")) {
      return Double.NaN;
    }
    String part = "[0-9]++(?:_[0-9]++)*+";
    boolean number = digits
        .matches("(?:" + part + "(?:\\.(?:" + part + ")?+)?+|\\." + part + ")(?:e[+-]?" + part + ")?+");
    return number ? (Double) (sign * Double.parseDouble(digits.replace("_", ""))) : null;
  }
}
