package dev.sextant.tokenizer.chat.jinja;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Python's arithmetic; integers have 64 bits, and what does not fit is an error. */
final class Arithmetic {
  /** Integers up to here are doubles too. */
  private static final long EXACT = 1L << 53;

  private Arithmetic() {}

  static Object signed(boolean negative, Object value) {
    return switch (plain(value)) {
      case Long number when number == Long.MIN_VALUE && negative -> throw tooLarge();
      case Long number -> negative ? (Object) (-number) : number;
      case Double number -> negative ? (Object) (-number) : number;
      case Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("bad operand of a sign: '" + Values.typeName(value) + "'");
    };
  }

  static Object apply(String operator, Object left, Object right, Budget budget) {
    Object a = plain(left);
    Object b = plain(right);
    try {
      if (a instanceof Long x && b instanceof Long y) {
        return integers(operator, x, y);
      }
    } catch (ArithmeticException e) {
      throw tooLarge();
    }
    if (Comparisons.isNumber(a) && Comparisons.isNumber(b)) {
      return doubles(operator, toDouble(a), toDouble(b));
    }
    if (operator.equals("%") && left instanceof String format) {
      return PercentFormat.format(format, right, budget);
    }
    return switch (operator) {
      case "+" -> left instanceof Markup || right instanceof Markup
          ? markup(left, right, budget)
          : concatenated(left, right, budget);
      case "*" -> repeated(left, right, budget);
      default -> throw unsupported(operator, left, right);
    };
  }

  /** {@code value % divisor} of numbers. */
  static Object remainder(Object value, Object divisor) {
    return plain(value) instanceof Long x && plain(divisor) instanceof Long y
        ? integers("%", x, y)
        : doubles("%", toDouble(value), toDouble(divisor));
  }

  private static Object integers(String operator, long x, long y) {
    return switch (operator) {
      case "+" -> Math.addExact(x, y);
      case "-" -> Math.subtractExact(x, y);
      case "*" -> Math.multiplyExact(x, y);
      case "/" -> quotient(x, divisor(y));
      case "//" -> Math.floorDivExact(x, divisor(y));
      case "%" -> Math.floorMod(x, divisor(y));
      case "**" -> y < 0 ? (Object) Math.pow(divisor(x), y) : (Object) power(x, y);
      default -> throw new IllegalStateException(operator);
    };
  }

  private static long divisor(long y) {
    if (y == 0) {
      throw new Failure("division by zero");
    }
    return y;
  }

  private static double quotient(long x, long y) {
    boolean exact = Math.abs(x) <= EXACT && Math.abs(y) <= EXACT && x != Long.MIN_VALUE && y != Long.MIN_VALUE;
    return exact
        ? (double) x / y
        : new BigDecimal(x).divide(new BigDecimal(y), new MathContext(60)).doubleValue();
  }

  private static long power(long x, long y) {
    long result = 1;
    long square = x;
    for (long rest = y; rest > 0; rest >>= 1) {
      if ((rest & 1) == 1) {
        result = Math.multiplyExact(result, square);
      }
      if (rest > 1) {
        square = Math.multiplyExact(square, square);
      }
    }
    return result;
  }

  private static Object doubles(String operator, double x, double y) {
    return switch (operator) {
      case "+" -> x + y;
      case "-" -> x - y;
      case "*" -> x * y;
      case "/" -> x / divisor(y);
      case "//" -> floorQuotient(x, divisor(y));
      case "%" -> remainder(x, divisor(y));
      case "**" -> power(x, y);
      default -> throw new IllegalStateException(operator);
    };
  }

  private static double divisor(double y) {
    if (y == 0) {
      throw new Failure("float division by zero");
    }
    return y;
  }

  /** As CPython takes care of it: the quotient that belongs to the remainder, not the floor of a rounded one. */
  private static double floorQuotient(double x, double y) {
    double rest = x % y;
    double quotient = (x - rest) / y;
    if (rest != 0 && y < 0 != rest < 0) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, x / y);
    }
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** With the sign of the divisor. */
  private static double remainder(double x, double y) {
    double rest = x % y;
    if (rest == 0) {
      return Math.copySign(0, y);
    }
    return rest < 0 != y < 0 ? rest + y : rest;
  }

  private static double power(double x, double y) {
    if (x == 0 && y < 0) {
      throw new Failure("0.0 cannot be raised to a negative power");
    }
    double result = Math.pow(x, y);
    if (Double.isInfinite(result) && !Double.isInfinite(x) && !Double.isInfinite(y)) {
      throw new Failure("the power is too large");
    }
    if (Double.isNaN(result) && !Double.isNaN(x) && !Double.isNaN(y)) {
      throw new Failure("a negative number raised to a fraction is complex, which is not supported");
    }
    return y == 0 || x == 1 ? 1 : result;
  }

  /** What is not markup becomes it by being escaped. */
  private static Object markup(Object left, Object right, Budget budget) {
    if (!(Markup.plain(left) instanceof String first) || !(Markup.plain(right) instanceof String second)) {
      throw unsupported("+", left, right);
    }
    String begin = left instanceof Markup ? first : MarkupFilters.escaped(first, budget);
    String end = right instanceof Markup ? second : MarkupFilters.escaped(second, budget);
    return new Markup((String) concatenated(begin, end, budget));
  }

  private static Object concatenated(Object left, Object right, Budget budget) {
    return switch (left) {
      case String text when right instanceof String other -> {
        budget.characters((long) text.length() + other.length());
        yield text + other;
      }
      case List<?> list when right instanceof List<?> other -> {
        budget.values((long) list.size() + other.size());
        List<Object> sum = new ArrayList<>(list);
        sum.addAll(other);
        yield sum;
      }
      case Tuple tuple when right instanceof Tuple other -> {
        budget.values((long) tuple.items().size() + other.items().size());
        List<Object> sum = new ArrayList<>(tuple.items());
        sum.addAll(other.items());
        yield new Tuple(sum);
      }
      default -> throw unsupported("+", left, right);
    };
  }

  private static Object repeated(Object left, Object right, Budget budget) {
    if (plain(left) instanceof Long && !(plain(right) instanceof Long)) {
      return repeated(right, left, budget);
    }
    if (!(plain(right) instanceof Long times)) {
      throw unsupported("*", left, right);
    }
    return switch (left) {
      case String text -> text.repeat(times(text.length(), times, budget, true));
      case List<?> list -> repeatedItems(Values.items(list), times, budget);
      case Tuple tuple -> new Tuple(repeatedItems(tuple.items(), times, budget));
      default -> throw unsupported("*", left, right);
    };
  }

  private static List<Object> repeatedItems(List<Object> items, long times, Budget budget) {
    int count = times(items.size(), times, budget, false);
    List<Object> result = new ArrayList<>(items.size() * count);
    for (int i = 0; i < count; i++) {
      result.addAll(items);
    }
    return result;
  }

  /** A number of repetitions whose result the budget allows. */
  private static int times(int size, long times, Budget budget, boolean text) {
    if (size == 0 || times <= 0) {
      return 0;
    }
    long whole = times > Integer.MAX_VALUE ? Long.MAX_VALUE : size * times;
    if (text) {
      budget.characters(whole);
    } else {
      budget.values(whole);
    }
    return (int) times;
  }

  private static Failure unsupported(String operator, Object left, Object right) {
    if (left instanceof Undefined undefined) {
      return undefined.failure();
    }
    return right instanceof Undefined undefined
        ? undefined.failure()
        : new Failure("'" + operator + "' is not supported between '" + Values.typeName(left) + "' and '"
            + Values.typeName(right) + "'");
  }

  private static Failure tooLarge() {
    return new Failure("the integer does not fit in 64 bits");
  }

  /** A truth value as the integer that it is in Python; anything else as it is. */
  static Object plain(Object value) {
    return value instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : value;
  }

  static double toDouble(Object number) {
    return switch (plain(number)) {
      case Long whole -> whole;
      case Double fraction -> fraction;
      case Undefined undefined -> throw undefined.failure();
      default -> throw new Failure("expected a number, found '" + Values.typeName(number) + "'");
    };
  }
}
