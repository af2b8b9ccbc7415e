package dev.sextant.explain;

import dev.sextant.numeric.Checks;

/** How a head's attention depends on how far back it looks: means over a text. Immutable. */
public final class AttentionByDistance {
  private final double[] shares;
  private final double farther;
  private final double mean;

  AttentionByDistance(double[] shares, double farther, double mean) {
    this.shares = shares;
    this.farther = farther;
    this.mean = mean;
  }

  /** How many distances were told apart: 0 to reach - 1. */
  public int reach() {
    return shares.length;
  }

  /**
   * The mean attention to the token so many tokens back, over those tokens that have so many before them, in 0..1; NaN where
   * none has.
   *
   * @param distance in [0, reach()); 0 is the token itself
   */
  public double at(int distance) {
    return shares[Checks.index("distance", distance, shares.length)];
  }

  /** The mean attention to all tokens at a distance of reach and more, over all tokens, in 0..1. */
  public double farther() {
    return farther;
  }

  /** How many tokens back it looks, on average. */
  public double mean() {
    return mean;
  }
}
