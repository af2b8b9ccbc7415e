package dev.sextant.tokenizer.chat.jinja;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What both of Python's ways to format share of numbers. */
final class NumberFormat {
  private NumberFormat() {}

  /** With so many digits behind the point, rounded from the exact value to the nearest. */
  static String fixed(double number, int precision, Budget budget) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Numbers.repr(number);
    }
    if (precision > 1000) {
      throw new Failure("a precision of " + precision + " digits");
    }
    budget.characters(precision);
    String digits = new BigDecimal(Math.abs(number)).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    return (number < 0 || 1 / number < 0 ? "-" : "") + digits;
  }

  /** Zeros between the sign and the digits, up to a width. */
  static String zeros(String number, int width, Budget budget) {
    budget.characters(width);
    boolean signed = !number.isEmpty() && "+- ".indexOf(number.charAt(0)) >= 0;
    String zeros = "0".repeat(Math.max(0, width - number.length()));
    return signed ? number.charAt(0) + zeros + number.substring(1) : zeros + number;
  }

  /** Commas or underscores between groups of three digits before the point. */
  static String grouped(String number, String separator) {
    int point = number.indexOf('.') < 0 ? number.length() : number.indexOf('.');
    int first = number.startsWith("-") ? 1 : 0;
    StringBuilder grouped = new StringBuilder(number);
    for (int i = point - 3; i > first; i -= 3) {
      grouped.insert(i, separator);
    }
    return grouped.toString();
  }
}
