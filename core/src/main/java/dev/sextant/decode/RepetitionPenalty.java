package dev.sextant.decode;

/** Makes tokens that were seen less likely: positive scores are divided by the penalty, negative ones multiplied. */
record RepetitionPenalty(double penalty) implements Filter {
  /** Far beyond any logit; keeps the scores finite under absurd penalties, so that differences stay numbers. */
  private static final double LIMIT = 1e300;

  @Override
  public String name() {
    return "repetition penalty";
  }

  @Override
  public double setting() {
    return penalty;
  }

  @Override
  public boolean rescores() {
    return true;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    for (int id = history.next(0); id >= 0; id = history.next(id + 1)) {
      double score = candidates.score(id);
      double penalized = score < 0 ? score * penalty : score / penalty;
      candidates.rescore(id, Math.clamp(penalized, -LIMIT, LIMIT));
    }
  }
}
