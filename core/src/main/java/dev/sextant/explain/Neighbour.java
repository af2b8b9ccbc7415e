package dev.sextant.explain;

import dev.sextant.report.text.Visible;

/**
 * A token near a vector.
 *
 * @param id the token's id
 * @param text its text; empty where no tokenizer is known
 * @param similarity cosine or dot product of its row and the vector
 */
public record Neighbour(int id, String text, double similarity) {
  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "Neighbour[id=" + id + ", text=" + Visible.quoted(text) + ", similarity=" + similarity + "]";
  }
}
