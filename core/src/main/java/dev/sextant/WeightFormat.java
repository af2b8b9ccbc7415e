package dev.sextant;

/** How the weights of the large matrices are kept in memory. Norms, biases, routers and learned positions stay as they are. */
public enum WeightFormat {
  /** As in the file, where it lies in memory. */
  AS_STORED,
  /**
   * Quantised to 8 bits with a scale for each 32: 1.0625 bytes a weight; value projections stay as stored. Hardly to be told
   * from the weights as stored, and faster.
   */
  Q8,
  /**
   * Quantised to 4 bits with a scale for each 32: 0.5625 bytes a weight; the unembedding and value projections to 8 bits.
   * Faster still, and clearly another model: look at what it says before relying on it.
   */
  Q4
}
