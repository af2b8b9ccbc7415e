package dev.sextant.architecture;

import dev.sextant.kernel.RotaryTable;
import org.jspecify.annotations.Nullable;

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
    this.scaling = scaling;
    plain = new double[pairs];
    trained = new double[pairs];
    for (int i = 0; i < pairs; i++) plain[i] = plain(theta, i, pairs);
    for (int i = 0; i < pairs; i++) trained[i] = scaling.frequency(i, theta, plain, 0);
  }

  /** A frequency without scaling. */
  static double plain(double theta, int pair, int pairs) {
    return Math.pow(theta, -(double) pair / pairs);
  }

  /** The longest text that a model trained on so many positions is meant for. */
  int reach(int positions) {
    return scaling.reach(positions);
  }

  /** Whether keys made at one length of the text are of no use to tokens that make it as long as the other. */
  boolean restart(int length, int total) {
    return scaling.restart(length, total);
  }

  /**
   * Cosines and sines, from double precision angles.
   *
   * @param first position of the first row
   * @param count number of rows
   * @param total length of the text at the end of this pass, in tokens
   * @param used a table no longer needed, whose memory serves again if it has the right size
   */
  public RotaryTable table(int first, int count, int total, @Nullable RotaryTable used) {
    int pairs = plain.length;
    RotaryTable table = used != null && used.positions() == count && used.pairs() == pairs
        ? used
        : new RotaryTable(count, pairs, new float[count * pairs], new float[count * pairs]);
    double factor = scaling.attentionFactor();
    for (int i = 0; i < pairs; i++) {
      double frequency = scaling.dependsOnLength() ? scaling.frequency(i, theta, plain, total) : trained[i];
      for (int t = 0; t < count; t++) {
        double angle = (first + t) * frequency;
        table.cos()[t * pairs + i] = (float) (Math.cos(angle) * factor);
        table.sin()[t * pairs + i] = (float) (Math.sin(angle) * factor);
      }
    }
    return table;
  }
}
