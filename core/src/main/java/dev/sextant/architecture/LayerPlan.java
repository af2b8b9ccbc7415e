package dev.sextant.architecture;

import dev.sextant.kernel.AttentionShape;
import org.jspecify.annotations.Nullable;

/**
 * What sets one layer apart.
 *
 * @param attention its heads, how scores are scaled and capped, and its window
 * @param rotary how its queries and keys are rotated; null: not at all
 * @param routed whether its MLP is a mixture of experts
 */
public record LayerPlan(AttentionShape attention, @Nullable Rotary rotary, boolean routed) {}
