package dev.sextant.trace;

/**
 * Where one can look on during a forward pass. A write is what is really added to the residual stream (after output bias
 * and any norm behind it), so that {@code RESIDUAL_PRE + ATTENTION_WRITE + MLP_WRITE = RESIDUAL_POST} in every family.
 * Rows are tokens unless said otherwise.
 */
public enum Station {
  /** What enters the first block: embedding rows, scaled, and learned positions added, where the family does [tokens, hidden]. */
  EMBEDDING,
  /** The residual stream before a block [tokens, hidden]. */
  RESIDUAL_PRE,
  /** Attention probabilities, a row per token and head (head fastest) [tokens · heads, positions so far]; 0 where masked. */
  PROBABILITIES,
  /** What attention adds to the residual stream [tokens, hidden]. */
  ATTENTION_WRITE,
  /** The residual stream between attention and MLP [tokens, hidden]; not passed where both read the same stream. */
  RESIDUAL_MID,
  /**
   * What the router of a mixture of experts says [tokens, experts]: the probabilities of all experts, before the best are
   * chosen; not passed where a layer has a plain MLP.
   */
  ROUTER,
  /** What the MLP adds to the residual stream [tokens, hidden]. */
  MLP_WRITE,
  /** The residual stream after a block [tokens, hidden]. */
  RESIDUAL_POST,
  /** The residual stream after the final norm [tokens, hidden]. */
  FINAL_NORM,
  /** The logits of every token of the pass, not only of the last [tokens, vocabulary]. */
  LOGITS
}
