package dev.sextant.trace;

import static dev.sextant.trace.Station.Trait.BY_HEAD;
import static dev.sextant.trace.Station.Trait.CHANGEABLE;
import static dev.sextant.trace.Station.Trait.IN_BLOCK;

import java.util.Set;

/**
 * Where one can look on during a forward pass, in the order of the journey; docs/itinerary.md gives the formulas. A write
 * is what is really added to the residual stream (after output bias and any norm behind it), so that
 * {@code RESIDUAL_PRE + ATTENTION_WRITE + MLP_WRITE = RESIDUAL_POST} in every family. Rows are tokens unless said otherwise.
 */
public enum Station {
  /** What learned positions add to the embedding [tokens, hidden]; not passed where positions are rotary. */
  POSITION,
  /** What enters the first block: embedding rows, scaled, and learned positions added, where the family does [tokens, hidden]. */
  EMBEDDING(CHANGEABLE),
  /** The residual stream before a block [tokens, hidden]. */
  RESIDUAL_PRE(IN_BLOCK, CHANGEABLE),
  /** What attention reads: the residual stream behind the norm before attention, where there is one [tokens, hidden]. */
  ATTENTION_INPUT(IN_BLOCK),
  /**
   * The queries as they meet the keys, after bias, head norm and rotation [tokens, heads · head width]. Where positions are
   * rotary, the features of a head lie so that feature i turns with feature i + (half of those turned).
   */
  QUERIES(IN_BLOCK, BY_HEAD, CHANGEABLE),
  /** The keys as the queries meet them, laid out like these [tokens, key/value heads · head width]. */
  KEYS(IN_BLOCK, BY_HEAD, CHANGEABLE),
  /** The values [tokens, key/value heads · head width]. */
  VALUES(IN_BLOCK, BY_HEAD, CHANGEABLE),
  /**
   * Query · key, scaled and capped, as it goes into the softmax; a row per token and head (head fastest) [tokens · heads,
   * positions so far]; -Infinity where masked.
   */
  SCORES(IN_BLOCK, BY_HEAD),
  /** Attention probabilities, a row per token and head (head fastest) [tokens · heads, positions so far]; 0 where masked. */
  PROBABILITIES(IN_BLOCK, BY_HEAD),
  /** The values mixed by each head, often called z [tokens, heads · head width]. */
  MIXED(IN_BLOCK, BY_HEAD, CHANGEABLE),
  /**
   * Each head's mixed values times its slice of W_O, a row per token and head (head fastest) [tokens · heads, hidden]. All
   * heads and the bias of W_O together are what the projection gives, before any norm behind it and the scale of writes.
   */
  HEAD_WRITES(IN_BLOCK, BY_HEAD),
  /** What attention adds to the residual stream [tokens, hidden]. */
  ATTENTION_WRITE(IN_BLOCK, CHANGEABLE),
  /** The residual stream between attention and MLP [tokens, hidden]; not passed where both read the same stream. */
  RESIDUAL_MID(IN_BLOCK, CHANGEABLE),
  /** What the MLP reads: the stream behind the norm before the MLP, where there is one [tokens, hidden]. */
  MLP_INPUT(IN_BLOCK),
  /**
   * What the router of a mixture of experts says [tokens, experts]: the probabilities of all experts, before the best are
   * chosen; not passed where a layer has a plain MLP.
   */
  ROUTER(IN_BLOCK),
  /** The numbers of the experts that see a token, most probable first [tokens, chosen]; only in a mixture. */
  EXPERTS(IN_BLOCK),
  /** What the answers of these experts weigh, in the same order [tokens, chosen]; only in a mixture. */
  EXPERT_WEIGHTS(IN_BLOCK),
  /**
   * The MLP's features as they meet the projection back to the stream: activated, and gated where there is a gate
   * [tokens, mlp]. In a mixture a row per token and chosen expert, in the order of {@link #EXPERTS} [tokens · chosen, mlp].
   */
  MLP_ACTIVATIONS(IN_BLOCK, CHANGEABLE),
  /** What the MLP adds to the residual stream [tokens, hidden]. */
  MLP_WRITE(IN_BLOCK, CHANGEABLE),
  /** The residual stream after a block [tokens, hidden]. */
  RESIDUAL_POST(IN_BLOCK, CHANGEABLE),
  /** The residual stream after the final norm [tokens, hidden]. */
  FINAL_NORM,
  /** The logits of every token of the pass, not only of the last [tokens, vocabulary]. */
  LOGITS;

  enum Trait {
    IN_BLOCK, BY_HEAD, CHANGEABLE
  }

  private final Set<Trait> traits;

  Station(Trait... traits) {
    this.traits = Set.of(traits);
  }

  /** Whether every block passes it. The others are passed once, and belong to layer 0. */
  public boolean isInBlock() {
    return traits.contains(IN_BLOCK);
  }

  /** Whether what is there can be told apart by attention heads. */
  public boolean isByHead() {
    return traits.contains(BY_HEAD);
  }

  /** Whether a {@link Change} may be made there: what comes later is computed from what passes it. */
  public boolean isChangeable() {
    return traits.contains(CHANGEABLE);
  }
}
