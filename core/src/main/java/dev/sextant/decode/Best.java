package dev.sextant.decode;

/** Keeps the best token alone: what temperature 0 comes to. */
record Best() implements Filter {
  @Override
  public String name() {
    return "greedy";
  }

  @Override
  public double setting() {
    return 0;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    new TopK(1).apply(candidates, history);
  }
}
