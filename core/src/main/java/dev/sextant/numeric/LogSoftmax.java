package dev.sextant.numeric;

import dev.sextant.InvalidArgumentException;
import dev.sextant.NonFiniteLogitsException;

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

  /**
   * Of these logits at this temperature.
   *
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static LogSoftmax of(float[] logits, double temperature) {
    return of(logits, 0, logits.length, temperature);
  }

  /**
   * Of the logits {@code data[at .. at + n - 1]} at this temperature.
   *
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static LogSoftmax of(float[] data, int at, int n, double temperature) {
    double highest = highest(data, at, n);
    double sum = 0;
    for (int i = at; i < at + n; i++) sum += Math.exp((data[i] - highest) / temperature);
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

  private static float highest(float[] data, int at, int n) {
    if (n == 0) throw new InvalidArgumentException("logits is empty; it must hold one value per token");
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = at; i < at + n; i++) {
      float logit = data[i];
      if (!(logit < Float.POSITIVE_INFINITY)) throw NonFiniteLogitsException.of(i - at, logit); // NaN compares false
      if (logit > highest) highest = logit;
    }
    if (highest == Float.NEGATIVE_INFINITY) throw NonFiniteLogitsException.allMasked(n);
    return highest;
  }
}
