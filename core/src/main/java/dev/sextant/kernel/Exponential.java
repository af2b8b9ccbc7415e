package dev.sextant.kernel;

/**
 * e^x in double precision for x in [-708, 0], within 2.5 units in the last place: n = round(x / ln 2), r = x - n ln 2 in two
 * parts, the Taylor series to degree 12 for e^r, times 2^n. No fused operations, which not every machine has, so that scalar
 * and vector code give the same bits.
 */
public final class Exponential {
  /** Below, the result would be subnormal; what is smaller counts as this, some 3e-308. */
  public static final double LEAST = -708;
  /** A sum runs in so many lanes, number i in lane i mod 8; then the lanes are added up, and the rest one by one. */
  public static final int LANES = 8;
  public static final double LOG2_E = 1.4426950408889634;
  /** Adding it leaves the nearest integer in the low bits. */
  public static final double ROUNDER = 0x1.8p52;
  /** The upper 33 bits of ln 2, so that products with n are exact, and what is missing. */
  public static final double LN2_HIGH = 0x1.62e42fee00000p-1;
  public static final double LN2_LOW = 0x1.a39ef35793c76p-33;
  /** How far the exponent lies from the right of the bits. */
  public static final int EXPONENT = 52;

  private static final double[] INVERSE_FACTORIALS = inverseFactorials(12);

  private static double[] inverseFactorials(int highest) {
    double[] inverse = new double[highest + 1];
    double factorial = 1;
    for (int n = 0; n <= highest; n++) {
      factorial *= Math.max(1, n);
      inverse[n] = 1 / factorial;
    }
    return inverse;
  }

  /** 1 / n!, n up to 12. */
  public static double inverseFactorial(int n) {
    return INVERSE_FACTORIALS[n];
  }

  /** e^x for x in [{@value #LEAST}, 0]; for what lies below, e^{@value #LEAST}. */
  public static double of(double x) {
    double clipped = Math.max(LEAST, x);
    double shifted = clipped * LOG2_E + ROUNDER;
    double n = shifted - ROUNDER;
    double r = clipped - n * LN2_HIGH - n * LN2_LOW;
    double p = INVERSE_FACTORIALS[12];
    for (int i = 11; i >= 2; i--) p = p * r + INVERSE_FACTORIALS[i];
    double power = p * (r * r) + r + 1;
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(power) + (Double.doubleToRawLongBits(shifted) << EXPONENT));
  }

  /** The sum of exp((x[i] - highest) / temperature), in the order that all kernels follow. */
  static double sum(float[] x, double highest, double temperature) {
    double[] lanes = new double[LANES];
    int whole = x.length / LANES * LANES;
    add(x, 0, whole, highest, temperature, lanes);
    return total(lanes) + rest(x, whole, highest, temperature);
  }

  /** Adds the numbers {@code from .. to - 1} to the lanes. */
  public static void add(float[] x, int from, int to, double highest, double temperature, double[] lanes) {
    for (int i = from; i < to; i++) lanes[i % LANES] += of((x[i] - highest) / temperature);
  }

  /** The lanes of a sum, added up always in the same tree. */
  public static double total(double[] t) {
    return ((t[0] + t[4]) + (t[2] + t[6])) + ((t[1] + t[5]) + (t[3] + t[7]));
  }

  /** What the numbers behind the last whole vector add. */
  public static double rest(float[] x, int from, double highest, double temperature) {
    double sum = 0;
    for (int i = from; i < x.length; i++) sum += of((x[i] - highest) / temperature);
    return sum;
  }

  private Exponential() {}
}
