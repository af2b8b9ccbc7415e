package dev.sextant.kernel;

/**
 * The complementary error function for z >= 0, with a relative error below 1.2e-7: t exp(-z² + p(t)), t = 1 / (1 + z/2),
 * with the Chebyshev fit of Press et al., Numerical Recipes in C, 2nd edition, section 6.2.
 */
public final class Erf {
  /** The coefficients of p, constant first. */
  public static final float C0 = -1.26551223f;
  public static final float C1 = 1.00002368f;
  public static final float C2 = 0.37409196f;
  public static final float C3 = 0.09678418f;
  public static final float C4 = -0.18628806f;
  public static final float C5 = 0.27886807f;
  public static final float C6 = -1.13520398f;
  public static final float C7 = 1.48851587f;
  public static final float C8 = -0.82215223f;
  public static final float C9 = 0.17087277f;

  static double complement(double z) {
    double t = 1 / (1 + z / 2);
    double p = t * C9 + C8;
    p = p * t + C7;
    p = p * t + C6;
    p = p * t + C5;
    p = p * t + C4;
    p = p * t + C3;
    p = p * t + C2;
    p = p * t + C1;
    p = p * t + C0;
    return t * Math.exp(p - z * z);
  }

  private Erf() {}
}
