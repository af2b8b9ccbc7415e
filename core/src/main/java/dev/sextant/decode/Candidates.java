package dev.sextant.decode;

import dev.sextant.numeric.LogSoftmax;

/**
 * The tokens that may still come next. Scores and weights are indexed by id; the list of ids left only shrinks and
 * always ascends, so that the same number drawn means the same token whatever filters were on. Never empty. The arrays
 * are used again for every token.
 */
final class Candidates {
  private final double[] scores;
  private final double[] weights;
  private final double[] spare;
  private final int[] ids;
  private final IdHeap heap;
  private int count;
  private boolean weighed;

  Candidates(int vocabularySize) {
    scores = new double[vocabularySize];
    weights = new double[vocabularySize];
    spare = new double[vocabularySize];
    ids = new int[vocabularySize];
    heap = new IdHeap(vocabularySize);
  }

  /**
   * Starts over with all tokens that are not masked.
   *
   * @return the model's own softmax of these logits
   * @throws dev.sextant.NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  LogSoftmax load(float[] logits) {
    LogSoftmax own = LogSoftmax.of(logits, 1);
    count = 0;
    weighed = false;
    for (int id = 0; id < logits.length; id++) scores[id] = logits[id]; // by itself, so that it becomes vector code
    for (int id = 0; id < logits.length; id++) if (logits[id] > Float.NEGATIVE_INFINITY) ids[count++] = id;
    return own;
  }

  int vocabularySize() {
    return scores.length;
  }

  /** How many are left: at least 1. */
  int count() {
    return count;
  }

  /** The i-th of those left, in ascending order. */
  int id(int i) {
    return ids[i];
  }

  double score(int id) {
    return scores[id];
  }

  /** Sets a score; only before anyone asked for weights. */
  void rescore(int id, double score) {
    assert !weighed : "weights were already made from the scores";
    scores[id] = score;
  }

  /** The scores by id: logits, as far as filters have changed them. Not to be written. */
  double[] scores() {
    return scores;
  }

  /** Room for one number per id, for a filter's own use. */
  double[] spare() {
    return spare;
  }

  /** An empty heap. */
  IdHeap heap(double[] keys, IdHeap.Order order) {
    heap.reset(keys, order);
    return heap;
  }

  /** Of those left, the one with the highest score, the lowest id among equals. */
  int best() {
    int best = ids[0];
    for (int i = 1; i < count; i++) if (scores[ids[i]] > scores[best]) best = ids[i];
    return best;
  }

  /**
   * The weights by id, in proportion to the probabilities: exp(score - best score). Those of candidates are positive:
   * where exp underflows to 0, the token leaves. Not to be written.
   */
  double[] weights() {
    if (!weighed) weigh();
    return weights;
  }

  /** How many of those left have a weight: all but those that {@link #weights} lets go. Scores may still be changed. */
  int possible() {
    if (weighed) return count;
    double best = scores[best()];
    int possible = 0;
    for (int i = 0; i < count; i++) if (Math.exp(scores[ids[i]] - best) > 0) possible++;
    return possible;
  }

  /** The weights of all that are left, added up in the order of ids. */
  double total() {
    double[] weight = weights();
    double total = 0;
    for (int i = 0; i < count; i++) total += weight[ids[i]];
    return total;
  }

  /** Cuts all others. */
  void keepOnly(int id) {
    ids[0] = id;
    count = 1;
  }

  /** Cuts all that rank after {@code last} by these keys. */
  void keepUpTo(int last, double[] keys) {
    int kept = 0;
    for (int i = 0; i < count; i++) if (!IdHeap.ranksBefore(keys, last, ids[i])) ids[kept++] = ids[i];
    count = kept;
  }

  /** Cuts all whose key is below the least one. */
  void keepFrom(double least, double[] keys) {
    int kept = 0;
    for (int i = 0; i < count; i++) if (keys[ids[i]] >= least) ids[kept++] = ids[i];
    count = kept;
  }

  /** The first id up to which the probabilities exceed {@code fraction}, in [0, 1). */
  int at(double fraction) {
    double[] weight = weights();
    double goal = fraction * total();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weight[ids[i]];
      if (sum > goal) return ids[i];
    }
    return ids[count - 1]; // rounding made the goal the whole
  }

  /** The probabilities of all ids, 0 for those cut. */
  double[] probabilities() {
    double total = total();
    double[] probabilities = new double[scores.length];
    for (int i = 0; i < count; i++) probabilities[ids[i]] = weights[ids[i]] / total;
    return probabilities;
  }

  private void weigh() {
    double best = scores[best()];
    for (int i = 0; i < count; i++) weights[ids[i]] = Math.exp(scores[ids[i]] - best);
    keepFrom(Double.MIN_VALUE, weights);
    weighed = true;
  }
}
