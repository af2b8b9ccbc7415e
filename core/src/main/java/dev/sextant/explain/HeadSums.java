package dev.sextant.explain;

/** What one head has done so far. */
final class HeadSums {
  private final double[] byDistance;
  /** How many tokens had a token at each distance. */
  private final long[] atDistance;
  private double farther;
  private double distance;
  private double entropy;
  private double first;
  private double previous;
  private double duplicate;
  private double induction;
  private long tokens;
  private long duplicates;
  private long inductions;

  HeadSums(int reach) {
    byDistance = new double[reach];
    atDistance = new long[reach];
  }

  /** How many tokens looked, the first of each text left out. */
  long tokens() {
    return tokens;
  }

  /**
   * One token looks.
   *
   * @param row its attention, from position 0 on; what is behind its own position does not count
   */
  void add(float[] row, int position, HeadPatternCollector.Occurrences text) {
    if (position == 0) return;
    tokens++;
    first += row[0];
    previous += row[position - 1];
    addRepetitions(row, position, text);
    for (int at = 0; at <= position; at++) {
      double share = row[at];
      int back = position - at;
      if (back < byDistance.length) {
        byDistance[back] += share;
        atDistance[back]++;
      } else {
        farther += share;
      }
      distance += share * back;
      if (share > 0) entropy -= share * Math.log(share); // 0 log 0 counts as 0
    }
  }

  private void addRepetitions(float[] row, int position, HeadPatternCollector.Occurrences text) {
    boolean isInduction = false;
    int before = text.before(position);
    if (before >= 0) duplicates++;
    for (; before >= 0; before = text.before(before)) {
      duplicate += row[before];
      if (before + 1 == position) continue; // what follows is the token itself
      induction += row[before + 1];
      isInduction = true;
    }
    if (isInduction) inductions++;
  }

  HeadPattern pattern(int layer, int head) {
    double[] shares = new double[byDistance.length];
    for (int d = 0; d < shares.length; d++) shares[d] = byDistance[d] / atDistance[d];
    AttentionByDistance distances = new AttentionByDistance(shares, farther / tokens, distance / tokens);
    return new HeadPattern(layer, head, entropy / tokens, first / tokens, previous / tokens, duplicate / duplicates,
        induction / inductions, distances);
  }
}
