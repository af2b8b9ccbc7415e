package dev.sextant.tokenizer;

import dev.sextant.tokenizer.text.Printable;
import java.util.List;
import java.util.OptionalInt;

/**
 * A token and how it came about.
 *
 * @param id its id
 * @param token its spelling
 * @param merges the merges that made it of single symbols, in the order in which they happened; empty if it is a single
 *     symbol, an added token, or a whole piece taken from the vocabulary past the merges
 */
public record TracedToken(int id, String token, List<Merge> merges) {

  /** The rank of the merge that completed it. */
  public OptionalInt rank() {
    return merges.isEmpty() ? OptionalInt.empty() : OptionalInt.of(merges.getLast().rank());
  }

  /** As records have it, control characters escaped. */
  @Override
  public String toString() {
    return Printable.text("TracedToken[id=" + id + ", token=" + token + ", merges=" + merges + "]");
  }
}
