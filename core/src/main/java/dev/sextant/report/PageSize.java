package dev.sextant.report;

import dev.sextant.trace.CapturedRows;

/**
 * About how many bytes a journey takes in a page, packed and in base64: a little more rather than less, so that nothing is
 * packed that will not fit. Each factor is what one such item took in pages of models with 2 to 30 layers and 100 to 49,152
 * tokens, rounded up until no estimate was too low; for pages of a megabyte and more they are up to a quarter too high.
 */
final class PageSize {
  private static final double FIXED = 2000;
  private static final double POSITION = 450;
  /** Four lengths and angles, a reading of the lens, four coordinates of the path. */
  private static final double LAYER = 48;
  private static final double LOOK = 3.6;
  private static final double EXPERT = 2;
  /** An id and a logit. */
  private static final double LISTED = 8.5;
  /** What all tokens that are not listed count together, at each temperature. */
  private static final double TAIL = 210;
  private static final double TEXT = 8;
  private static final double VOTE = 2.75;
  /** An id and two coordinates. */
  private static final double DIRECTION = 12;
  private static final double DISTANCE = 3;
  /** Parts of a layer that vote besides its heads. */
  private static final int OTHERS = 4;
  /** Tokens whose directions are told where none was decided. */
  private static final int LEADING = 3;

  private final Material material;
  private final int layers;
  private final int heads;
  /** How many looks of each head are strong enough to be told [positions][layers · heads]. */
  private final int[][] looks;

  PageSize(Material material) {
    this.material = material;
    layers = material.config().layers();
    heads = material.config().heads();
    looks = new int[material.length()][layers * heads];
    for (int layer = 0; layer < layers; layer++) {
      CapturedRows attention = material.attention(layer);
      for (int position = 0; position < looks.length; position++)
        for (int head = 0; head < heads; head++)
          looks[position][layer * heads + head] = Looks.count(attention.row(position, head));
    }
  }

  /** With so much of it told. */
  long estimate(Limits limits) {
    int told = Math.min(limits.positions(), material.length());
    int first = material.length() - told;
    int vocabulary = material.config().vocabularySize();
    long listed = (long) told * Math.min(limits.logits(), vocabulary);
    double bytes = FIXED + told * (POSITION + LAYER * layers + EXPERT * experts()) + LOOK * looks(first, limits.looks())
        + LISTED * listed + TEXT * Math.min(vocabulary, listed) + DISTANCE * layers * heads * reach();
    if (limits.logits() < vocabulary) bytes += TAIL * told;
    int candidates = limits.candidates() + (material.against() < 0 ? 0 : 1);
    int decided = decided(first);
    bytes += VOTE * decided * candidates * layers * (heads + OTHERS);
    long directions = (long) decided * Math.max(LEADING, candidates + 1) + (long) (told - decided) * LEADING;
    return (long) (bytes + DIRECTION * Math.min(vocabulary, directions));
  }

  private long looks(int first, int most) {
    long sum = 0;
    for (int position = first; position < looks.length; position++)
      for (int count : looks[position]) sum += Math.min(count, most);
    return sum;
  }

  private int decided(int first) {
    int decided = 0;
    for (int position = first; position < looks.length; position++)
      if (material.decidedAt(position) != null) decided++;
    return decided;
  }

  /** Those chosen, in all layers, for one token. */
  private int experts() {
    int chosen = 0;
    for (int layer = 0; layer < layers; layer++) chosen += ExpertChoice.at(material, layer, 0).size();
    return chosen;
  }

  private int reach() {
    return Math.min(Distances.REACH, material.length());
  }
}
