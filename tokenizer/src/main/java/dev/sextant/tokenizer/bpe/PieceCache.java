package dev.sextant.tokenizer.bpe;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the ids of pieces of at most {@value #LONGEST} bytes, so that words that come again are not merged again.
 * The bytes of a piece and their number fill two longs, so that comparing is exact and quick.
 *
 * <p>Holds at most {@value #CAPACITY} pieces, some 5 MB when all are taken; a new piece drives out an old one.
 * Entries never change, and a thread sees all of an entry or none: safe to share between threads without locks, which
 * may at worst work out the same piece twice.
 */
final class PieceCache {
  /** The most bytes a piece may have. */
  static final int LONGEST = 15;
  private static final int CAPACITY = 1 << 16;
  private static final int LENGTH_SHIFT = 56;

  private final @Nullable Entry[] entries = new @Nullable Entry[CAPACITY];

  /**
   * A piece and its ids; immutable.
   *
   * @param low its first eight bytes, the first lowest
   * @param high the rest, with the number of all in the highest byte
   * @param first the first of its ids
   * @param others those behind it; null if there are none
   */
  record Entry(long low, long high, int first, int @Nullable [] others) {}

  /** The second word of the key: bytes eight to fourteen of a piece of that many bytes. */
  static long high(long bytes, int length) {
    return bytes | (long) length << LENGTH_SHIFT;
  }

  /** What is known of a piece; null if nothing is. */
  @Nullable
  Entry find(long low, long high) {
    int slot = slot(low, high);
    Entry entry = entries[slot];
    if (entry != null && entry.low == low && entry.high == high) {
      return entry;
    }
    entry = entries[slot ^ 1];
    return entry != null && entry.low == low && entry.high == high ? entry : null;
  }

  /** Remembers a piece in the first of its two places, and moves what was there to the second. */
  void put(Entry entry) {
    int slot = slot(entry.low, entry.high);
    entries[slot ^ 1] = entries[slot];
    entries[slot] = entry;
  }

  private static int slot(long low, long high) {
    long hash = (low ^ Long.rotateLeft(high * 0xC2B2AE3D27D4EB4FL, 31)) * 0x9E3779B97F4A7C15L;
    return (int) ((hash ^ hash >>> 32) >>> 16) & CAPACITY - 1;
  }
}
