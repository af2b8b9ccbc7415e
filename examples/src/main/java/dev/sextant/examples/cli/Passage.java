package dev.sextant.examples.cli;

import java.util.List;

/**
 * What was seen of the last token's way through the layers.
 *
 * @param embeddings what enters the first layer, for all tokens [tokens][hidden]
 * @param layers the layers in order
 */
record Passage(List<float[]> embeddings, List<Layer> layers) {
  /**
   * What happened to the last token in one layer.
   *
   * @param before the residual stream before the layer [hidden]
   * @param attention the attention probabilities [heads][tokens]
   * @param attentionWrite what attention added [hidden]
   * @param mlpWrite what the MLP added [hidden]
   * @param after the residual stream behind the layer [hidden]
   */
  record Layer(float[] before, float[][] attention, float[] attentionWrite, float[] mlpWrite, float[] after) {
    /** The largest deviation of before + attentionWrite + mlpWrite from after, by the norm of after. */
    double imbalance() {
      double largest = 0;
      for (int i = 0; i < after.length; i++) {
        double sum = (double) before[i] + attentionWrite[i] + mlpWrite[i];
        largest = Math.max(largest, Math.abs(after[i] - sum));
      }
      return largest / Math.max(Geometry.norm(after), Double.MIN_NORMAL);
    }
  }
}
