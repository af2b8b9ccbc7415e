package dev.sextant.architecture;

import dev.sextant.kernel.AttentionShape;
import org.jspecify.annotations.Nullable;

/**
 * What sets one layer apart.
 *
 * @param attention its heads, scale and window
 * @param rotary how its queries and keys are rotated; null: not at all
 */
public record LayerPlan(AttentionShape attention, @Nullable Rotary rotary) {}
