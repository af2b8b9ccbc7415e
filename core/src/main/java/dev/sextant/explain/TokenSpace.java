package dev.sextant.explain;

import dev.sextant.kernel.Matrix;
import dev.sextant.weights.Weights;

/** Where each token has a vector. */
public enum TokenSpace {
  /** What a token means before any context: rows of the embedding, not scaled. */
  EMBEDDING,
  /** What speaks for a token at the end: rows of the unembedding. The same as the embedding in tied models. */
  UNEMBEDDING;

  Matrix matrix(Weights weights) {
    return this == EMBEDDING ? weights.embedding() : weights.unembedding().matrix();
  }
}
