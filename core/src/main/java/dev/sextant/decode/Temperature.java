package dev.sextant.decode;

/**
 * Divides the scores by the temperature. The best score is subtracted first: the best then is 0 at any temperature, and
 * what overflows can only be -Infinity, which is probability 0.
 */
record Temperature(double temperature) implements Filter {
  @Override
  public String name() {
    return "temperature";
  }

  @Override
  public double setting() {
    return temperature;
  }

  @Override
  public boolean rescores() {
    return true;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    double best = candidates.score(candidates.best());
    for (int i = 0; i < candidates.count(); i++) {
      int id = candidates.id(i);
      candidates.rescore(id, (candidates.score(id) - best) / temperature);
    }
  }
}
