package dev.sextant.weights;

import dev.sextant.kernel.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * A trained linear map: x W^T + b.
 *
 * @param matrix W [out, in]
 * @param bias b [out], or null
 */
public record Projection(Matrix matrix, float @Nullable [] bias) {}
