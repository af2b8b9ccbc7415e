package dev.sextant.tokenizer;

import dev.sextant.tokenizer.text.Printable;

/**
 * One merge: two neighbours become one token.
 *
 * @param rank how early it comes in the file's list, from 0; of all merges that are possible the lowest rank goes first
 * @param left the left token as the vocabulary spells it
 * @param right the right token
 * @param merged what they become
 */
public record Merge(int rank, String left, String right, String merged) {
  /** As records have it, control characters escaped. */
  @Override
  public String toString() {
    return Printable.text("Merge[rank=" + rank + ", left=" + left + ", right=" + right + ", merged=" + merged + "]");
  }
}
