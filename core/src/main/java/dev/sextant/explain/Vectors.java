package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;

/** Lengths and angles, in double precision. Vectors of one call have the same length and hold finite numbers. */
public final class Vectors {
  private Vectors() {}

  /** The sum of products. */
  public static double dot(float[] a, float[] b) {
    requireSameLength(a, b);
    return dot(a, 0, b);
  }

  /** The length: root of the sum of squares. */
  public static double norm(float[] v) {
    return Math.sqrt(dot(v, 0, v));
  }

  /**
   * How far two vectors point the same way: 1 for the same direction, 0 for a right angle, -1 for opposite.
   *
   * @throws InvalidArgumentException if one is zero or not finite: it has no direction
   */
  public static double cosine(float[] a, float[] b) {
    return Math.clamp(dot(a, b) / directed(a, "a") / directed(b, "b"), -1, 1);
  }

  /** The angle between two vectors in degrees, from 0 (same direction) over 90 to 180 (opposite). As {@link #cosine}. */
  public static double angle(float[] a, float[] b) {
    return Math.toDegrees(Math.acos(cosine(a, b)));
  }

  /** How far {@code v} reaches along a direction: the dot product with its unit vector. As {@link #cosine}. */
  public static double along(float[] v, float[] direction) {
    return dot(v, direction) / directed(direction, "the direction");
  }

  /**
   * The share a part has in a sum: (part · whole) / (whole · whole). Shares of all parts add up to 1; one that points
   * against the sum is negative.
   */
  public static double share(float[] part, float[] whole) {
    double norm = directed(whole, "the whole");
    return dot(part, whole) / norm / norm;
  }

  /** a - b. */
  public static float[] difference(float[] a, float[] b) {
    requireSameLength(a, b);
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
    return difference;
  }

  /** data[at ..] · v. */
  static double dot(float[] data, int at, float[] v) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) sum += (double) data[at + i] * v[i];
    return sum;
  }

  /** The norm of a vector that must have a direction. */
  static double directed(float[] v, String name) {
    double norm = norm(v);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgumentException(
          name + (norm == 0 ? " is the zero vector" : " holds numbers that are not finite")
              + "; it has no direction");
    }
    return norm;
  }

  private static void requireSameLength(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new InvalidArgumentException("vectors of " + a.length + " and " + b.length + " numbers; they must be of the"
          + " same length");
    }
  }
}
