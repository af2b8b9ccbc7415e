package dev.sextant.weights;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weights of a block's second half. */
public sealed interface FeedForward {
  /**
   * An MLP.
   *
   * @param gate the gate of a gated MLP (arXiv:2002.05202) [mlp, hidden], or null
   * @param up first (or ungated) projection [mlp, hidden]
   * @param down back to the residual stream [hidden, mlp]
   */
  record Mlp(@Nullable Projection gate, Projection up, Projection down) implements FeedForward {}

  /**
   * A mixture of experts.
   *
   * @param router says for every token which experts see it [experts, hidden]
   * @param experts all of the same shape
   */
  record Mixture(Projection router, List<Mlp> experts) implements FeedForward {
    public Mixture { experts = List.copyOf(experts); }
  }
}
