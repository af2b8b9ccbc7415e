package dev.sextant.numeric;

import dev.sextant.InvalidArgumentException;
import dev.sextant.NonFiniteLogitsException;
import dev.sextant.kernel.Kernels;

/**
 * The normalizer of a softmax at a temperature: log p = (logit - highest) / temperature - log sum. Subtracting the
 * highest logit before anything else keeps every term of the sum in (0, 1], whatever the logits and however small the
 * temperature.
 *
 * @param highest     the highest logit
 * @param temperature divides the differences; positive
 * @param logSum      log of the sum of exp((logit - highest) / temperature)
 */
public record LogSoftmax(double highest, double temperature, double logSum) {

  /** Whichever these are, the bits are the same. */
  private static final Kernels KERNELS = Kernels.fastest();

  /**
   * Of these logits at this temperature.
   *
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static LogSoftmax of(float[] logits, double temperature) {
    double highest = highest(logits);
    double sum = KERNELS.sumOfExponentials(logits, highest, temperature);
    return new LogSoftmax(highest, temperature, Math.log(sum));
  }

  /** Natural logarithm of the probability of a token with this logit; -Infinity where the probability is 0. */
  public double logProbability(float logit) {
    return shifted(logit) - logSum;
  }

  /** (logit - highest) / temperature: at most 0. */
  public double shifted(float logit) {
    return (logit - highest) / temperature;
  }

  /**
   * The highest of these logits.
   *
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static float highest(float[] logits) {
    if (logits.length == 0) throw new InvalidArgumentException("logits is empty; it must hold one value per token");
    float highest = Float.NEGATIVE_INFINITY;
    for (int id = 0; id < logits.length; id++) {
      float logit = logits[id];
      if (!(logit < Float.POSITIVE_INFINITY)) throw NonFiniteLogitsException.of(id, logit); // NaN compares false
      if (logit > highest) highest = logit;
    }
    if (highest == Float.NEGATIVE_INFINITY) throw NonFiniteLogitsException.allMasked(logits.length);
    return highest;
  }
}
