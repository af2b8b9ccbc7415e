package dev.sextant.decode;

/**
 * Keeps the tokens whose surprisal is nearest to the entropy of the distribution, until their probabilities reach the
 * mass; the token that crosses it is the last one kept.
 */
record Typical(double mass) implements Filter {
  @Override
  public String name() {
    return "typical";
  }

  @Override
  public double setting() {
    return mass;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    double[] weights = candidates.weights();
    double mean = meanLogWeight(candidates, weights);
    double[] nearness = candidates.spare();
    IdHeap nearestFirst = candidates.heap(nearness, IdHeap.Order.BEST_FIRST);
    for (int i = 0; i < candidates.count(); i++) {
      int id = candidates.id(i);
      nearness[id] = -Math.abs(Math.log(weights[id]) - mean);
      nearestFirst.append(id);
    }
    nearestFirst.order();
    candidates.keepUpTo(nearestFirst.removeUntil(mass * candidates.total(), weights), nearness);
  }

  /** The entropy but for its sign and log total, which the surprisals have too, so that they cancel. */
  private static double meanLogWeight(Candidates candidates, double[] weights) {
    double sum = 0;
    for (int i = 0; i < candidates.count(); i++) {
      double weight = weights[candidates.id(i)];
      sum += weight * Math.log(weight);
    }
    return sum / candidates.total();
  }
}
