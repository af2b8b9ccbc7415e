package dev.sextant.benchmarks;

import dev.sextant.Model;
import dev.sextant.ModelConfig;

/**
 * What a pass through a model cannot do without: the weights that every token has to read, and the multiply-adds of the
 * matrices and of causal attention. Embedding and unembedding are taken for one matrix, which is read once a token.
 */
record Work(ModelConfig config, long weightBytes) {
  static Work of(Model model) {
    return new Work(model.config(), model.report().mappedBytes() + model.report().copiedBytes());
  }

  /** Bytes of weights that decoding one token reads. */
  double decodeBytes() {
    return weightBytes;
  }

  /** Floating point operations of reading a prompt into an empty session, a multiply-add counted as two. */
  double prefillOperations(int tokens) {
    double hidden = config.hiddenSize();
    double queries = (double) config.heads() * config.headWidth();
    double keys = (double) config.keyValueHeads() * config.headWidth();
    double matrices = 2 * hidden * queries + 2 * hidden * keys + 3 * hidden * config.mlpWidth();
    double attention = queries * (tokens + 1); // scores and mixture, over half of the square
    return 2 * (tokens * config.layers() * (matrices + attention) + hidden * config.vocabularySize());
  }
}
