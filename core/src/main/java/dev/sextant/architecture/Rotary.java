package dev.sextant.architecture;

import dev.sextant.kernel.RotaryTable;

/**
 * Rotary position embedding (Su et al., arXiv:2104.09864) over the first {@code 2 · pairs} features of a head: at
 * position p the pair (i, i + pairs) turns by the angle p · theta^(-i/pairs), as its scaling changes that.
 */
public final class Rotary {
  private final double theta;
  private final double[] plain;
  private final RotaryScaling scaling;
  private final double[] trained;

  /**
   * @param theta base of the frequencies
   * @param pairs how many pairs of features are turned
   * @param scaling how long contexts are reached
   */
  Rotary(double theta, int pairs, RotaryScaling scaling) {
    this.theta = theta;
    this.plain = plain(theta, pairs);
    this.scaling = scaling;
    this.trained = scaling.frequencies(theta, plain, 0);
  }

  /** The frequencies without scaling. */
  static double[] plain(double theta, int pairs) {
    double[] frequencies = new double[pairs];
    for (int i = 0; i < pairs; i++) frequencies[i] = Math.pow(theta, -(double) i / pairs);
    return frequencies;
  }

  /** The longest text that a model trained on so many positions is meant for. */
  int reach(int positions) {
    return scaling.reach(positions);
  }

  /**
   * Cosines and sines, from double precision angles.
   *
   * @param first position of the first row
   * @param count number of rows
   * @param total length of the text at the end of this pass, in tokens
   */
  public RotaryTable table(int first, int count, int total) {
    double[] frequencies = scaling.dependsOnLength() ? scaling.frequencies(theta, plain, total) : trained;
    double factor = scaling.attentionFactor();
    int pairs = plain.length;
    float[] cos = new float[count * pairs];
    float[] sin = new float[count * pairs];
    for (int t = 0; t < count; t++) {
      for (int i = 0; i < pairs; i++) {
        double angle = (first + t) * frequencies[i];
        cos[t * pairs + i] = (float) (Math.cos(angle) * factor);
        sin[t * pairs + i] = (float) (Math.sin(angle) * factor);
      }
    }
    return new RotaryTable(count, pairs, cos, sin);
  }
}
