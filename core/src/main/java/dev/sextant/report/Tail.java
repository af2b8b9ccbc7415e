package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.TokenProbability;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The tokens of a distribution beyond those listed, all together. At each temperature of a list, the logarithm of their
 * summed weights exp(logit / temperature) is exact, so that whoever has the listed logits can compute every listed
 * probability at these temperatures.
 */
final class Tail {
  private static final double[] TEMPERATURES = IntStream.rangeClosed(1, 40).mapToDouble(i -> i / 20.0).toArray();
  /** exp(-this) is nothing beside 1. */
  private static final double NOTHING = 46;

  private Tail() {}

  /** 0.05, 0.1 ... 2, and this one besides, ascending. */
  static double[] temperatures(double besides) {
    DoubleStream all = DoubleStream.of(TEMPERATURES);
    return (besides > 0 ? DoubleStream.concat(all, DoubleStream.of(besides)) : all).sorted().distinct().toArray();
  }

  /**
   * ln of the sum of exp(logit / temperature) over the tokens that are not listed.
   *
   * @return one for each temperature; empty if all are listed, or masked
   */
  static double[] of(Distribution distribution, List<TokenProbability> listed, double[] temperatures) {
    float[] logits = distribution.logits();
    for (TokenProbability token : listed) logits[token.id()] = Float.NEGATIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) highest = Math.max(highest, logit);
    if (highest == Double.NEGATIVE_INFINITY) return new double[0];
    double[] tail = new double[temperatures.length];
    for (int i = 0; i < tail.length; i++)
      tail[i] = highest / temperatures[i] + Math.log(sum(logits, highest, temperatures[i]));
    return tail;
  }

  private static double sum(float[] logits, double highest, double temperature) {
    double sum = 0;
    for (float logit : logits) {
      double exponent = (logit - highest) / temperature;
      if (exponent > -NOTHING) sum += Math.exp(exponent);
    }
    return sum;
  }
}
