package dev.sextant.weights;

import dev.sextant.kernel.Norm;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a block's first half.
 *
 * @param query projection to the queries [heads · head width, hidden]
 * @param key projection to the keys [key/value heads · head width, hidden]
 * @param value projection to the values, shaped like {@code key}
 * @param queryNorm norm of each query head, or of all together, as long as it is; or null
 * @param keyNorm the same for keys
 * @param output W_O, from the mixed heads back to the residual stream [hidden, heads · head width]
 */
public record Attention(Projection query, Projection key, Projection value, @Nullable Norm queryNorm,
    @Nullable Norm keyNorm, Projection output) {}
