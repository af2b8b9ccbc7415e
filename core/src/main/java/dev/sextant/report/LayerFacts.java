package dev.sextant.report;

import dev.sextant.explain.Vectors;
import dev.sextant.trace.Station;

/**
 * What happened to one token's row in the layers.
 *
 * @param residual lengths of the residual stream before the first layer and behind each [layers + 1]
 * @param attention lengths of what attention added [layers]
 * @param mlp lengths of what the MLP added [layers]
 * @param turn by how many degrees a layer turned the row, in [0, 180] [layers]
 * @param imbalance the largest deviation of before + attention + MLP from behind, over all layers, as a part of the length
 */
record LayerFacts(double[] residual, double[] attention, double[] mlp, double[] turn, double imbalance) {

  /** What single precision may lose when three rows are added, as a part of their length. */
  static final double ROUNDING = 1e-5;

  static LayerFacts of(Material material, int position) {
    int layers = material.config().layers();
    LayerFacts facts = new LayerFacts(new double[layers + 1], new double[layers], new double[layers],
        new double[layers],
        0);
    float[] before = material.residual(0, position);
    facts.residual[0] = Vectors.norm(before);
    double imbalance = 0;
    for (int layer = 0; layer < layers; layer++) {
      float[] attention = material.row(Station.ATTENTION_WRITE, layer, position);
      float[] mlp = material.row(Station.MLP_WRITE, layer, position);
      float[] after = material.residual(layer + 1, position);
      facts.attention[layer] = Vectors.norm(attention);
      facts.mlp[layer] = Vectors.norm(mlp);
      facts.residual[layer + 1] = Vectors.norm(after);
      facts.turn[layer] = angle(before, after);
      imbalance = Math.max(imbalance, imbalance(before, attention, mlp, after));
      before = after;
    }
    return new LayerFacts(facts.residual, facts.attention, facts.mlp, facts.turn, imbalance);
  }

  /** Whether no more was lost than rounding explains. */
  boolean balances() {
    return imbalance < ROUNDING;
  }

  /** A row of zeros has no direction; nothing is said to turn it. */
  private static double angle(float[] before, float[] after) {
    return Vectors.norm(before) == 0 || Vectors.norm(after) == 0 ? 0 : Vectors.angle(before, after);
  }

  private static double imbalance(float[] before, float[] attention, float[] mlp, float[] after) {
    double largest = 0;
    for (int i = 0; i < after.length; i++) {
      double sum = (double) before[i] + attention[i] + mlp[i];
      largest = Math.max(largest, Math.abs(after[i] - sum));
    }
    return largest / Math.max(Vectors.norm(after), Double.MIN_NORMAL);
  }
}
