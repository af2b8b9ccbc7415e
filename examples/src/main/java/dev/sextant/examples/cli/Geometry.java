package dev.sextant.examples.cli;

/** Lengths and angles of rows of numbers, in double precision. */
final class Geometry {
  private Geometry() {}

  /** The length: root of the sum of squares. */
  static double norm(float[] row) {
    return Math.sqrt(dot(row, row));
  }

  /** The angle between two rows in degrees, from 0 (same direction) over 90 (nothing in common) to 180 (opposite). */
  static double angle(float[] a, float[] b) {
    double norms = norm(a) * norm(b);
    return norms == 0 ? 0 : Math.toDegrees(Math.acos(Math.clamp(dot(a, b) / norms, -1, 1)));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (double) a[i] * b[i];
    return sum;
  }
}
