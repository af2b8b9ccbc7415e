package dev.sextant.tokenizer.bpe;

/** Learns of every merge as it happens. */
@FunctionalInterface
interface MergeListener {
  /** Two neighbours have become one token. */
  void merged(int rank, int left, int right, int id);
}
