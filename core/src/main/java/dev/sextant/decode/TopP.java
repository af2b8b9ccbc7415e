package dev.sextant.decode;

/** Keeps the most probable tokens until their probabilities reach p; the token that crosses p is the last one kept. */
record TopP(double p) implements Filter {
  @Override
  public String name() {
    return "top-p";
  }

  @Override
  public double setting() {
    return p;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    double[] weights = candidates.weights();
    double total = candidates.total();
    // Tokens below (1 - p) / n, all n together, weigh less than 1 - p: they are in the tail, and need no ordering.
    double negligible = (1 - p) * (total / candidates.count());
    IdHeap bestFirst = candidates.heap(weights, IdHeap.Order.BEST_FIRST);
    for (int i = 0; i < candidates.count(); i++) {
      int id = candidates.id(i);
      if (weights[id] >= negligible) bestFirst.append(id);
    }
    bestFirst.order();
    candidates.keepUpTo(bestFirst.removeUntil(p * total, weights), weights);
  }
}
