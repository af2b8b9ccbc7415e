package dev.sextant.weights;

import java.util.List;

/** The weights of a block's second half. */
public sealed interface FeedForward {
  /**
   * An MLP.
   *
   * @param in the gate and the first projection of a gated MLP (arXiv:2002.05202), or the only one [mlp, hidden]
   * @param down back to the residual stream [hidden, mlp]
   */
  record Mlp(Fan in, Projection down) implements FeedForward {
    public boolean isGated() {
      return in.size() == 2;
    }
  }

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
