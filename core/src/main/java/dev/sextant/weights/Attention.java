package dev.sextant.weights;

import dev.sextant.kernel.Norm;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a block's first half.
 *
 * @param queryKeyValue projections to the queries [heads · head width, hidden], to the keys [key/value heads · head
 *     width, hidden] and to the values, shaped like those to the keys
 * @param queryNorm norm of each query head, or of all together, as long as it is; or null
 * @param keyNorm the same for keys
 * @param output W_O, from the mixed heads back to the residual stream [hidden, heads · head width]
 */
public record Attention(Fan queryKeyValue, @Nullable Norm queryNorm, @Nullable Norm keyNorm, Projection output) {}
