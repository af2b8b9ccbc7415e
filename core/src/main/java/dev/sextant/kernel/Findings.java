package dev.sextant.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Where attention puts what it computes on its way, if someone wants to know: a row for each token and head (head fastest)
 * [tokens · heads, cache length].
 *
 * @param from the first token of the query that is told of
 * @param scores scaled and capped, as they go into the softmax, -Infinity where masked; null: not wanted
 * @param probabilities 0 where masked; null: not wanted
 */
public record Findings(int from, @Nullable Rows scores, @Nullable Rows probabilities) {
  /** Nobody wants to know. */
  public static final Findings NONE = new Findings(0, null, null);
}
