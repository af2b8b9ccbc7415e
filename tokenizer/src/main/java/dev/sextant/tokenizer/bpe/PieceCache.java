package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ids of pieces of at most {@value #LONGEST_HASHED} bytes, so that words that come again are not merged
 * again. The bytes of a piece of up to {@value #LONGEST} and their number fill two longs, so that comparing is quick.
 *
 * <p>Holds at most {@value #CAPACITY} pieces, about 2 MB of ordinary text and never more than 10 MB; a new piece drives
 * out an old one.
 * Entries never change, and a thread sees all of an entry or none: safe to share between threads without locks, which
 * may at worst work out the same piece twice.
 */
final class PieceCache {
  /** The most bytes a piece may have. */
  static final int LONGEST = 15;
  /** The most bytes of a piece whose key does not hold all of them. */
  static final int LONGEST_HASHED = 48;
  private static final int CAPACITY = 1 << 15;
  private static final int WAYS = 4; // places where a piece may be
  private static final int LENGTH_SHIFT = 56;

  private final @Nullable Entry[] entries = new @Nullable Entry[CAPACITY];

  /**
   * A piece and its ids; immutable.
   *
   * @param low its first eight bytes, the first lowest; the hash of a piece that is too long for that
   * @param high the rest, with the number of all in the highest byte
   * @param first the first of its ids
   * @param others those behind it; null if there are none
   * @param piece all bytes; null if the key holds them
   */
  record Entry(long low, long high, int first, int @Nullable [] others, byte @Nullable [] piece) {}

  /** The second word of the key: bytes eight to fourteen of a piece of that many bytes. */
  static long high(long bytes, int length) {
    return bytes | (long) length << LENGTH_SHIFT;
  }

  /** What is known of a piece; null if nothing is. */
  @Nullable
  Entry find(long low, long high) {
    int slot = slot(low, high);
    for (int way = 0; way < WAYS; way++) {
      Entry entry = entries[slot ^ way];
      if (entry != null && entry.low == low && entry.high == high) {
        return entry;
      }
    }
    return null;
  }

  /** What is known of a long piece with that hash; null if nothing is. */
  @Nullable
  Entry find(long hash, byte[] bytes, int length) {
    Entry entry = find(hash, high(0, length));
    return entry != null && Arrays.equals(entry.piece, 0, length, bytes, 0, length) ? entry : null;
  }

  static long hash(byte[] bytes, int length) {
    long hash = length;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
    }
    return hash ^ hash >>> 32;
  }

  /** Remembers a piece in the first of its places; what was there moves on to the next, and the last is forgotten. */
  void put(Entry entry) {
    int slot = slot(entry.low, entry.high);
    for (int way = WAYS - 1; way > 0; way--) {
      entries[slot ^ way] = entries[slot ^ way - 1];
    }
    entries[slot] = entry;
  }

  private static int slot(long low, long high) {
    long hash = (low ^ Long.rotateLeft(high * 0xC2B2AE3D27D4EB4FL, 31)) * 0x9E3779B97F4A7C15L;
    return (int) ((hash ^ hash >>> 32) >>> 16) & CAPACITY - 1;
  }
}
