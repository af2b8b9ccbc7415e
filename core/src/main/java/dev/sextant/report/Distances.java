package dev.sextant.report;

import dev.sextant.trace.CapturedRows;

/** How a head's attention depends on how far back it looks: means over the tokens of a journey. */
final class Distances {
  /** Distances told apart: 0 to one less. */
  static final int REACH = 32;

  private Distances() {}

  /**
   * The mean attention to the token itself, to the one before it, and so on, each over those tokens that have so many before
   * them; the first token, which has no choice, left out. Behind these the mean attention to all that is farther back.
   *
   * @param attention of a layer
   * @param length how many tokens passed
   * @return shares in 0..1 [min(REACH, length) + 1]; all 0 where only one token passed
   */
  static double[] of(CapturedRows attention, int head, int length) {
    int reach = Math.min(REACH, length);
    double[] shares = new double[reach + 1];
    for (int position = 1; position < length; position++) {
      float[] row = attention.row(position, head);
      for (int at = 0; at <= position; at++) shares[Math.min(reach, position - at)] += row[at];
    }
    for (int distance = 0; distance <= reach; distance++) {
      int tokens = length - (distance == 0 || distance == reach ? 1 : distance);
      if (tokens > 0) shares[distance] /= tokens;
    }
    return shares;
  }
}
