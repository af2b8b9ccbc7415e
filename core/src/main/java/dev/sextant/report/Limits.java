package dev.sextant.report;

import dev.sextant.report.text.Numbers;
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
  static final Limits FILE = new Limits(Integer.MAX_VALUE, 1500, Integer.MAX_VALUE, 10);

  /** In words, what this cuts of a journey whose first told position is given. */
  List<String> told(Material material, int first) {
    List<String> told = new ArrayList<>();
    int vocabulary = material.config().vocabularySize();
    if (first > 0)
      told.add("Only the last " + (material.length() - first) + " tokens are told, from position " + first + ".");
    told.add(looks < material.length()
        ? "Of each head's attention, the " + looks + " strongest looks of each token are kept, from 0.05% on."
        : "Of each head's attention, all looks from 0.05% on are kept.");
    if (logits < vocabulary) {
      told.add("Of each expectation, the " + logits + " most probable of " + Numbers.count(vocabulary)
          + " tokens are listed; the others count together, exactly, at each temperature that the slider has.");
    }
    told.add(
        "Votes are counted for the " + candidates + " most probable tokens at each place where a token was decided.");
    told.add("Probabilities and votes are rounded to 0.0001, lengths to 0.001; logits are as the model gave them.");
    return told;
  }

  /** What a page tries, one after the other, until it is small enough. The last one is small for any model. */
  static List<Limits> forPages() {
    List<Limits> limits = new ArrayList<>(List.of(new Limits(Integer.MAX_VALUE, 1500, 64, 8),
        new Limits(Integer.MAX_VALUE, 400, 64, 8),
        new Limits(Integer.MAX_VALUE, 200, 24, 6), new Limits(Integer.MAX_VALUE, 200, 12, 6),
        new Limits(Integer.MAX_VALUE, 200, 8, 5), new Limits(Integer.MAX_VALUE, 100, 5, 4)));
    for (int positions = 256; positions >= 1; positions /= 2) limits.add(new Limits(positions, 100, 5, 4));
    return limits;
  }
}
