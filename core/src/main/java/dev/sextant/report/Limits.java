package dev.sextant.report;

import java.util.ArrayList;
import java.util.List;

/**
 * How much of a journey is written. What is cut is said in the document itself.
 *
 * @param positions the last so many positions are told
 * @param logits the most probable tokens listed at each position
 * @param looks the strongest attention probabilities kept for each head and position
 * @param candidates tokens whose votes are counted, at each position where one was decided
 */
record Limits(int positions, int logits, int looks, int candidates) {
  /** For a file of JSON: all attention; the tail of the distribution is summed up. */
  static final Limits FILE = new Limits(Integer.MAX_VALUE, 1000, Integer.MAX_VALUE, 10);

  /** What a page tries, one after the other, until it is small enough. The last one is small for any model. */
  static List<Limits> forPages() {
    List<Limits> limits = new ArrayList<>(List.of(new Limits(Integer.MAX_VALUE, 400, 64, 8),
        new Limits(Integer.MAX_VALUE, 200, 24, 6), new Limits(Integer.MAX_VALUE, 200, 12, 6),
        new Limits(Integer.MAX_VALUE, 200, 8, 5), new Limits(Integer.MAX_VALUE, 100, 5, 4)));
    for (int positions = 256; positions >= 1; positions /= 2) limits.add(new Limits(positions, 100, 5, 4));
    return limits;
  }
}
