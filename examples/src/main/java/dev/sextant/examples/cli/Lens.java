package dev.sextant.examples.cli;

import dev.sextant.TokenProbability;
import java.util.List;

/**
 * Reads the residual stream between layers as if it were the last: final norm, then unembedding (nostalgebraist,
 * "interpreting GPT: the logit lens", 2020).
 */
@FunctionalInterface
interface Lens {
  /** Sees nothing. */
  Lens CLOSED = (_, _) -> List.of();

  /**
   * What the model would say if the journey ended here.
   *
   * @param residual the residual stream of one token [hidden]
   * @param count how many tokens to tell at most
   * @return the most probable tokens, the best first; none if this lens is closed
   */
  List<TokenProbability> top(float[] residual, int count);
}
