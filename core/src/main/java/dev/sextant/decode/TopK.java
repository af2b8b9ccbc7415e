package dev.sextant.decode;

/** Keeps the k tokens of the highest scores; those equal to the last of them are cut unless their ids are lower. */
record TopK(int k) implements Filter {
  @Override
  public String name() {
    return "top-k";
  }

  @Override
  public double setting() {
    return k;
  }

  @Override
  public void apply(Candidates candidates, History history) {
    if (k >= candidates.count()) return;
    if (k == 1) {
      candidates.keepOnly(candidates.best());
      return;
    }
    double[] scores = candidates.scores();
    IdHeap worstFirst = candidates.heap(scores, IdHeap.Order.WORST_FIRST);
    for (int i = 0; i < k; i++) worstFirst.append(candidates.id(i));
    worstFirst.order();
    for (int i = k; i < candidates.count(); i++) worstFirst.replaceTopIfBetter(candidates.id(i));
    candidates.keepUpTo(worstFirst.top(), scores);
  }
}
