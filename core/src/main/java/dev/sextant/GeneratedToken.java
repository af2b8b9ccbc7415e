package dev.sextant;

import dev.sextant.report.text.Visible;

/**
 * One token of a generation, as it comes.
 *
 * @param index 0 for the first generated token
 * @param id the token
 * @param text what may be shown now. Never half a character, and nothing that may turn out to be part of a stop string:
 *     such text comes with a later token. The texts of all tokens joined are the text of the generation,
 *     except that a cancelled one has in addition what was held back when it ended.
 * @param logProbability natural logarithm of its probability by the model itself: temperature 1, no filters
 * @param probability its probability in the distribution it was drawn from; 1 if chosen greedily
 */
public record GeneratedToken(int index, int id, String text, double logProbability, double probability) {
  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "GeneratedToken[index=" + index + ", id=" + id + ", text=" + Visible.quoted(text) + ", logProbability="
        + logProbability + ", probability=" + probability + "]";
  }
}
