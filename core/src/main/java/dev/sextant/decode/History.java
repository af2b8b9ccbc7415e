package dev.sextant.decode;

import dev.sextant.InvalidArgumentException;
import java.util.BitSet;

/**
 * Which tokens were seen in prompt and output: a set of ids, one bit for each of the vocabulary. Belongs to one
 * sequence; not safe for use by several threads at a time.
 */
public final class History {
  private final BitSet seen;
  private final int vocabularySize;

  /** Nothing seen yet, of a vocabulary of this size (at least 1). */
  public History(int vocabularySize) {
    if (vocabularySize < 1)
      throw new InvalidArgumentException("vocabularySize is " + vocabularySize + "; it must be at least 1");
    this.vocabularySize = vocabularySize;
    this.seen = new BitSet(vocabularySize);
  }

  /**
   * Takes note of a token.
   *
   * @param id in 0..vocabularySize-1
   */
  public void accept(int id) {
    seen.set(checked(id));
  }

  /** Takes note of tokens, a prompt for example. */
  public void accept(int[] ids) {
    for (int id : ids) accept(id);
  }

  /** Whether the token was seen. */
  public boolean contains(int id) {
    return seen.get(checked(id));
  }

  /** The size of the vocabulary the ids are from. */
  public int vocabularySize() {
    return vocabularySize;
  }

  /** The first id seen from this one on; -1 when there is none. */
  int next(int from) {
    return seen.nextSetBit(from);
  }

  private int checked(int id) {
    if (id < 0 || id >= vocabularySize)
      throw new InvalidArgumentException("id is " + id + "; it must lie in 0.." + (vocabularySize - 1));
    return id;
  }
}
