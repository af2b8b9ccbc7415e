package dev.sextant.architecture;

import dev.sextant.kernel.AttentionShape;
import org.jspecify.annotations.Nullable;

/**
 * The plans of all layers, made when asked for: a configuration may claim any number of layers before the weights prove
 * it wrong.
 */
public final class LayerPlans {
  private final Sizes sizes;
  private final @Nullable Rotary rotary;
  private final int window;
  private final boolean[] windowed;
  private final double scale;
  private final boolean scaleByLayer;

  LayerPlans(Sizes sizes, @Nullable Rotary rotary, Windows windows, double scale, boolean scaleByLayer) {
    this.sizes = sizes;
    this.rotary = rotary;
    this.window = windows.width();
    this.windowed = windows.layers();
    this.scale = scale;
    this.scaleByLayer = scaleByLayer;
  }

  /**
   * Which layers see only the last positions.
   *
   * @param width how many, the token itself included
   * @param layers true where a layer does; shorter than the number of layers if the rest does not
   */
  record Windows(int width, boolean[] layers) {
    static final Windows NONE = new Windows(Integer.MAX_VALUE, new boolean[0]);
  }

  /** The longest text the model is meant for. */
  public int reach() {
    return rotary == null ? sizes.context() : rotary.reach(sizes.context());
  }

  public LayerPlan get(int layer) {
    double layerScale = scaleByLayer ? scale / (layer + 1) : scale;
    boolean narrow = layer < windowed.length && windowed[layer];
    return new LayerPlan(new AttentionShape(sizes.heads(), sizes.keyValueHeads(), sizes.headWidth(), (float) layerScale,
        0, narrow ? window : Integer.MAX_VALUE), rotary);
  }
}
