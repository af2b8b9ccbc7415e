package dev.sextant.tokenizer.bpe;

/**
 * Which two tokens merge, how early, and into what: an open-addressing table from a packed pair of ids to a packed
 * rank and id. Immutable once built.
 */
public final class MergeTable {
  /** What {@link #merge} says of two tokens that do not merge; larger than every merge. */
  public static final long NONE = Long.MAX_VALUE;

  private final long[] table; // left << 32 | right, plus one, 0 if free; then rank << 32 | id
  private final int mask;

  /** An empty table for that many merges. */
  MergeTable(int merges) {
    int capacity = Integer.highestOneBit(Math.max(8, merges) * 2 - 1) * 2;
    table = new long[2 * capacity];
    mask = capacity - 1;
  }

  /** Adds a merge; as in the reference, a later one of the same pair replaces an earlier one. */
  void put(int left, int right, int rank, int id) {
    long key = key(left, right);
    int at = find(key);
    table[at] = key;
    table[at + 1] = (long) rank << 32 | id;
  }

  /** The merge of two neighbours, rank in the upper half and resulting id in the lower; or {@link #NONE}. */
  long merge(int left, int right) {
    int at = find(key(left, right));
    return table[at] == 0 ? NONE : table[at + 1];
  }

  /** The rank of a merge: 0 is the first of the file. */
  static int rank(long merge) {
    return (int) (merge >> 32);
  }

  /** The id of the token that a merge makes. */
  static int id(long merge) {
    return (int) merge;
  }

  private static long key(int left, int right) {
    return ((long) left << 32 | right) + 1;
  }

  private int find(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash ^ hash >>> 32) & mask;
    while (table[2 * slot] != 0 && table[2 * slot] != key) {
      slot = slot + 1 & mask;
    }
    return 2 * slot;
  }
}
