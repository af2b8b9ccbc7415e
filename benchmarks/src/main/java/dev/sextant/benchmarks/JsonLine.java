package dev.sextant.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One measurement as a line of JSON, for the scripts that collect them. */
final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");

  JsonLine with(String key, String value) {
    return put(key, '"' + value + '"');
  }

  JsonLine with(String key, double value) {
    return put(key, number(value));
  }

  JsonLine with(String key, double[] values) {
    return put(key, Arrays.stream(values).mapToObj(JsonLine::number).collect(Collectors.joining(", ", "[", "]")));
  }

  private JsonLine put(String key, String value) {
    if (text.length() > 1) text.append(", ");
    text.append('"').append(key).append("\": ").append(value);
    return this;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  void print() {
    System.out.println(text + "}");
  }
}
