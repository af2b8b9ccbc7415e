package dev.sextant.weights;

import dev.sextant.architecture.LayerPlan;
import dev.sextant.kernel.Norm;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one block, by role. What is null is a step this model does not take.
 *
 * @param index 0 for the first block
 * @param plan heads, window and rotary of this block
 * @param attentionNorm applied to what attention reads
 * @param query projection to the queries [heads · head width, hidden]
 * @param key projection to the keys [key/value heads · head width, hidden]
 * @param value projection to the values, shaped like {@code key}
 * @param queryNorm norm of each query head
 * @param keyNorm norm of each key head
 * @param output W_O, from the mixed heads back to the residual stream
 * @param mlpNorm applied to what the MLP reads
 * @param gate the gate of a gated MLP
 * @param up first (or ungated) projection of the MLP
 * @param down from the MLP back to the residual stream
 */
public record Layer(int index, LayerPlan plan, @Nullable Norm attentionNorm, Projection query, Projection key,
    Projection value, @Nullable Norm queryNorm, @Nullable Norm keyNorm, Projection output, @Nullable Norm mlpNorm,
    @Nullable Projection gate, Projection up, Projection down) {}
