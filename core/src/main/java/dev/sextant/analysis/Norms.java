package dev.sextant.analysis;

import dev.sextant.kernel.Norm;

/** A norm whose scale is held is a linear map: what it divides by, and directions carried back through it. In float64. */
final class Norms {
  /** What the norm divides {@code x[at ...]} by. */
  static double scale(Norm norm, float[] x, int at) {
    int n = norm.weight().length;
    double mean = 0;
    if (norm.kind() == Norm.Kind.LAYER) {
      for (int i = 0; i < n; i++) mean += x[at + i];
      mean /= n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) squares += (x[at + i] - mean) * (x[at + i] - mean);
    return Math.sqrt(squares / n + norm.epsilon());
  }

  /**
   * The direction before the norm that a direction behind it asks for: through the weights and the scale, and, where the
   * norm takes out the mean, without its own mean, since taking it out is its own transpose.
   */
  static double[] back(Norm norm, double scale, double[] direction) {
    double[] before = new double[direction.length];
    double mean = 0;
    for (int i = 0; i < before.length; i++) {
      before[i] = norm.weight()[i] / scale * direction[i];
      mean += before[i] / before.length;
    }
    if (norm.kind() == Norm.Kind.LAYER) for (int i = 0; i < before.length; i++) before[i] -= mean;
    return before;
  }

  /** The direction times {@code x[at ...]}. */
  static double dot(double[] direction, float[] x, int at) {
    double sum = 0;
    for (int i = 0; i < direction.length; i++) sum += direction[i] * x[at + i];
    return sum;
  }

  /** {@code n} numbers of a times as many of b. */
  static double dot(float[] a, int aAt, float[] b, int bAt, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += (double) a[aAt + i] * b[bAt + i];
    return sum;
  }

  private Norms() {}
}
