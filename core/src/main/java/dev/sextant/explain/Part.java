package dev.sextant.explain;

/**
 * A part of a model that speaks for or against a token: every part adds to the residual stream or to the logit itself. Its
 * layer and head count from 0, as everywhere in the API; in its {@link #label}, a text for people, from 1.
 */
public sealed interface Part {
  /** The text a reader sees, in which layers and heads count from 1: "layer 2, head 4". */
  String label();

  /** What the token's own row of the embedding says, before any context. */
  record Embedding() implements Part {
    @Override
    public String label() {
      return "embedding";
    }
  }

  /** What its learned position says; 0 where positions are rotary. */
  record Position() implements Part {
    @Override
    public String label() {
      return "position";
    }
  }

  /** What an attention head writes: its mixed values through its slice of W_O. */
  record Head(int layer, int head) implements Part {
    @Override
    public String label() {
      return "layer " + (layer + 1) + ", head " + (head + 1);
    }
  }

  /** The bias of W_O. */
  record AttentionBias(int layer) implements Part {
    @Override
    public String label() {
      return "layer " + (layer + 1) + ", attention bias";
    }
  }

  /** The bias of the norm behind attention, where there are both. */
  record AttentionNormBias(int layer) implements Part {
    @Override
    public String label() {
      return "layer " + (layer + 1) + ", bias of the norm behind attention";
    }
  }

  /** What an MLP or a mixture of them writes, its bias included. */
  record Mlp(int layer) implements Part {
    @Override
    public String label() {
      return "layer " + (layer + 1) + ", MLP";
    }
  }

  /** The bias of the norm behind the MLP, where there are both. */
  record MlpNormBias(int layer) implements Part {
    @Override
    public String label() {
      return "layer " + (layer + 1) + ", bias of the norm behind the MLP";
    }
  }

  /** The bias of the final norm, which is not divided by its scale. */
  record FinalNormBias() implements Part {
    @Override
    public String label() {
      return "final norm bias";
    }
  }

  /** The bias of the unembedding. */
  record UnembeddingBias() implements Part {
    @Override
    public String label() {
      return "unembedding bias";
    }
  }

  /** What the bending of the logits takes off again, where they are capped. It is no sum over parts of the stream. */
  record LogitCap() implements Part {
    @Override
    public String label() {
      return "logit cap";
    }
  }

  /** What interventions put into the stream or took out of it, besides what they changed inside the parts. */
  record Changes() implements Part {
    @Override
    public String label() {
      return "changes";
    }
  }
}
