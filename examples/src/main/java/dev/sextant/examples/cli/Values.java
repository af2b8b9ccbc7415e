package dev.sextant.examples.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What may stand behind an option. The messages go on from "--option is …; it " ({@link Misuse}). */
final class Values {
  private Values() {}

  /** How many of something to show, or which of some that are counted from 1. */
  static final class Count implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 1, Integer.MAX_VALUE, "must be a whole number of at least 1");
    }
  }

  /** How many of something, possibly none. */
  static final class CountOrNone implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 0, Integer.MAX_VALUE, "must be a whole number of at least 0");
    }
  }

  /** How many threads; 0 leaves it to the library. */
  static final class Threads implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return (int) whole(text, 0, 1024, "must be a whole number from 0 to 1024");
    }
  }

  /** What random numbers begin with. */
  static final class Seed implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "must be a whole number from " + Long.MIN_VALUE + " to "
          + Long.MAX_VALUE);
    }
  }

  /** A part of a whole. */
  static final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(text, value -> value >= 0 && value <= 1, "must be a number from 0 to 1, such as 0.9");
    }
  }

  /** A factor that may be 0. */
  static final class NotNegative implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(text, value -> value >= 0, "must be a number of at least 0, such as 0.8");
    }
  }

  /** A factor. */
  static final class Positive implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      return number(text, value -> value > 0, "must be a number above 0, such as 1.2");
    }
  }

  /** A text with something in it. */
  static final class Text implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.isEmpty()) throw new TypeConversionException("must hold at least one character");
      return text;
    }
  }

  /** A file or folder. */
  static final class File implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      try {
        if (!text.isEmpty()) return Path.of(text);
      } catch (InvalidPathException _) {
        // told below
      }
      throw new TypeConversionException("must name a file or a folder");
    }
  }

  /** An option that is there or not. */
  static final class Flag implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new TypeConversionException("takes no value");
      };
    }
  }

  private static long whole(String text, long least, long most, String expected) {
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) return value;
    } catch (NumberFormatException _) {
      // told below
    }
    throw new TypeConversionException(expected);
  }

  private static double number(String text, DoublePredicate allowed, String expected) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value) && allowed.test(value)) return value;
    } catch (NumberFormatException _) {
      // told below
    }
    throw new TypeConversionException(expected);
  }
}
