package dev.sextant.decode;

/** Drops the tokens whose probability is below this share of the highest one. */
record MinP(double share) implements Filter {
  @Override
  public String name() {
    return "min-p";
  }

  @Override
  public double setting() {
    return share;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    double[] weights = candidates.weights();
    candidates.keepFrom(share * weights[candidates.best()], weights);
  }
}
