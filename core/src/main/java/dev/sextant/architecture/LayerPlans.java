package dev.sextant.architecture;

import dev.sextant.kernel.AttentionShape;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The plans of all layers, made when asked for: a configuration may claim any number of layers before the weights prove
 * it wrong.
 */
public final class LayerPlans {
  private final Sizes sizes;
  private final Scores scores;
  private final Windows windows;
  private final Rotaries rotaries;
  private final IntPredicate routed;

  LayerPlans(Sizes sizes, Scores scores, Windows windows, Rotaries rotaries, IntPredicate routed) {
    this.sizes = sizes;
    this.scores = scores;
    this.windows = windows;
    this.rotaries = rotaries;
    this.routed = routed;
  }

  /**
   * What becomes of attention scores before the softmax.
   *
   * @param scale what they are multiplied with
   * @param byLayer whether they are divided by layer + 1 too
   * @param cap what they are bent to stay below; 0 for no cap
   */
  record Scores(double scale, boolean byLayer, double cap) {}

  /**
   * Sliding windows (arXiv:2004.05150).
   *
   * @param width how many positions are seen, the token itself included
   * @param layers which layers see no more than that
   */
  record Windows(int width, IntPredicate layers) {
    static final Windows NONE = new Windows(Integer.MAX_VALUE, _ -> false);
  }

  /**
   * The rotary embeddings.
   *
   * @param global of most layers; null: no layer rotates
   * @param local of those with a window; may be the same
   * @param layers which layers rotate at all
   */
  record Rotaries(@Nullable Rotary global, @Nullable Rotary local, IntPredicate layers) {}

  /** The longest text the model is meant for. */
  public int reach() {
    return rotaries.global == null ? sizes.context() : rotaries.global.reach(sizes.context());
  }

  /** Whether keys made when the text had one length are of no use to tokens that make it as long as the other. */
  public boolean restart(int length, int total) {
    return rotaries.global != null && rotaries.global.restart(length, total);
  }

  /** Whether positions beyond those trained are possible: not where they are learned one by one. */
  public boolean isRotary() {
    return rotaries.global != null;
  }

  public LayerPlan get(int layer) {
    double scale = scores.byLayer ? scores.scale / (layer + 1) : scores.scale;
    boolean narrow = windows.layers.test(layer);
    AttentionShape attention = new AttentionShape(sizes.heads(), sizes.keyValueHeads(), sizes.headWidth(),
        (float) scale, (float) scores.cap, narrow ? windows.width : Integer.MAX_VALUE);
    Rotary rotary = rotaries.layers.test(layer) ? narrow ? rotaries.local : rotaries.global : null;
    return new LayerPlan(attention, rotary, routed.test(layer));
  }
}
