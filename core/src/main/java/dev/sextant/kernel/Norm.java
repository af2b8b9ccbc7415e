package dev.sextant.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A trained normalization over pieces of {@code weight.length} numbers.
 *
 * @param kind which mean is taken out
 * @param weight factor per feature
 * @param bias added per feature, or null
 * @param epsilon added to the mean square before the root
 */
public record Norm(Kind kind, float[] weight, float @Nullable [] bias, float epsilon) {
  public Norm {
    if (bias != null && bias.length != weight.length)
      throw new IllegalArgumentException("a norm of " + weight.length + " numbers with a bias of " + bias.length);
  }

  /** RMS divides by the root mean square (arXiv:1910.07467); LAYER subtracts the mean first (arXiv:1607.06450). */
  public enum Kind {
    RMS, LAYER
  }
}
