package dev.sextant.examples.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many of something to show: at least 1. */
final class Count implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (!text.matches("\\+?\\d{1,9}") || Integer.parseInt(text) < 1) {
      throw new TypeConversionException("it is " + text + "; it must be a whole number of at least 1");
    }
    return Integer.valueOf(text);
  }
}
