package dev.sextant.weights;

import dev.sextant.architecture.LayerPlan;
import dev.sextant.kernel.Norm;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one block, by role. A norm that is null is a step this model does not take.
 *
 * @param index 0 for the first block
 * @param plan heads, window, rotary and kind of MLP
 * @param attentionNorms around attention
 * @param attention the look back
 * @param mlpNorms around the MLP
 * @param mlp the MLP, or a mixture of them
 */
public record Layer(int index, LayerPlan plan, Norms attentionNorms, Attention attention, Norms mlpNorms,
    FeedForward mlp) {

  /**
   * The norms around one half of a block.
   *
   * @param before applied to what it reads
   * @param after applied to what it writes
   */
  public record Norms(@Nullable Norm before, @Nullable Norm after) {}
}
