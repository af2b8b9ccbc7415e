package dev.sextant.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Numbers as JSON, with as many digits as they are worth. */
final class Json {
  /** Probabilities and votes are written as whole numbers of this unit. */
  static final double UNIT = 1e-4;

  private Json() {}

  /** A number rounded to so many digits behind the point. */
  static void number(JsonGenerator json, double value, int digits) throws IOException {
    double scale = Math.pow(10, digits);
    double rounded = Math.rint(value * scale) / scale;
    if (rounded == (int) rounded) json.writeNumber((int) rounded);
    else json.writeNumber(rounded);
  }

  static void numberField(JsonGenerator json, String name, double value, int digits) throws IOException {
    json.writeFieldName(name);
    number(json, value, digits);
  }

  static void numbersField(JsonGenerator json, String name, double[] values, int digits) throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) number(json, value, digits);
    json.writeEndArray();
  }

  /** A share or a vote as a whole number of {@link #UNIT}. */
  static long units(double value) {
    return Math.round(value / UNIT);
  }
}
