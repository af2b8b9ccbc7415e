package dev.sextant.kernel;

import java.util.Arrays;

/**
 * The keys (rotated) and values of one layer, all positions so far. Grows by pages, small ones first, then {@value
 * #LARGE} positions each, so what is there is never copied; not thread-safe.
 *
 * <p>Keys lie as [head, block, feature, {@value #BLOCK} positions], so that one vector holds the same feature of successive
 * keys and scores need no sum across lanes; values as [head, position, features padded to a multiple of 16].
 */
public final class KeyValues {
  /** Positions in a block of keys. */
  static final int BLOCK = 64;
  /** Positions in the first page. */
  private static final int SMALL = 128;
  /** Positions in a page once there are so many: reading goes faster the longer it goes straight on. */
  private static final int LARGE = 512;
  private static final int PAD = 16;

  private final int heads;
  private final int headWidth;
  private float[][] keys = {};
  private float[][] values = {};
  private int length;

  public KeyValues(int heads, int headWidth) {
    if (heads < 1 || headWidth < 1) throw new IllegalArgumentException(heads + " heads of width " + headWidth);
    this.heads = heads;
    this.headWidth = headWidth;
  }

  public int length() {
    return length;
  }

  int heads() {
    return heads;
  }

  int headWidth() {
    return headWidth;
  }

  /** Bytes that so many positions take in one layer: whole pages. */
  public static long bytes(int heads, int headWidth, long positions) {
    long room = positions > LARGE ? Math.ceilDiv(positions, LARGE) * (long) LARGE
        : positions > 0 ? begin(page((int) positions - 1) + 1) : 0;
    return Math.multiplyExact(room, Float.BYTES * heads * ((long) headWidth + padded(headWidth)));
  }

  /** Adds the keys and values [tokens, heads · headWidth] of the next positions. */
  public void append(Rows newKeys, Rows newValues) {
    int width = heads * headWidth;
    if (newKeys.width() != width || newValues.width() != width || newKeys.rows() != newValues.rows()) {
      throw new IllegalArgumentException(
          "keys " + newKeys.shape() + " and values " + newValues.shape() + " for " + heads
              + " heads of width " + headWidth);
    }
    int newLength = Math.addExact(length, newKeys.rows());
    if (newLength > 0) grow(page(newLength - 1) + 1);
    for (int t = 0; t < newKeys.rows(); t++) {
      for (int h = 0; h < heads; h++) {
        putKey(length + t, h, newKeys.data(), newKeys.at(t) + h * headWidth);
        System.arraycopy(newValues.data(), newValues.at(t) + h * headWidth, valuePage(length + t),
            valueAt(length + t, h), headWidth);
      }
    }
    length = newLength;
  }

  private void putKey(int position, int head, float[] from, int at) {
    float[] page = keyPage(position);
    int into = keyAt(position, head) + position % BLOCK;
    for (int i = 0; i < headWidth; i++) page[into + i * BLOCK] = from[at + i];
  }

  private void grow(int pages) {
    int have = keys.length;
    if (pages <= have) return;
    keys = Arrays.copyOf(keys, pages);
    values = Arrays.copyOf(values, pages);
    for (int i = have; i < pages; i++) {
      int positions = begin(i + 1) - begin(i);
      keys[i] = new float[Math.multiplyExact(positions, heads * headWidth)];
      values[i] = new float[Math.multiplyExact(positions, heads * valueStride())];
    }
  }

  /** Forgets all positions from {@code newLength} on; keeps the memory. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException("cannot truncate " + length + " positions to " + newLength);
    }
    length = newLength;
  }

  /** Pages begin at 0, SMALL, 2 SMALL, 4 SMALL and so on up to LARGE, then at multiples of LARGE. */
  private static int page(int position) {
    return position < LARGE ? Integer.SIZE - Integer.numberOfLeadingZeros(position / SMALL)
        : position / LARGE + page(LARGE - 1);
  }

  private static int begin(int page) {
    int large = page - page(LARGE - 1);
    return large > 0 ? large * LARGE : page == 0 ? 0 : SMALL << page - 1;
  }

  /** The first position after the page a position lies in. */
  int pageEnd(int position) {
    return begin(page(position) + 1);
  }

  float[] keyPage(int position) {
    return keys[page(position)];
  }

  /** Where, in its page, the block [headWidth, BLOCK] of one head begins that a position lies in. */
  int keyAt(int position, int head) {
    int page = page(position);
    int inPage = position - begin(page);
    return (head * (begin(page + 1) - begin(page)) + inPage / BLOCK * BLOCK) * headWidth;
  }

  float[] valuePage(int position) {
    return values[page(position)];
  }

  /** Copies the value of one head at a position [headWidth]. */
  public void copyValue(int position, int head, float[] into) {
    System.arraycopy(valuePage(position), valueAt(position, head), into, 0, headWidth);
  }

  /** Where, in its page, the value of one position begins. */
  int valueAt(int position, int head) {
    int page = page(position);
    return (head * (begin(page + 1) - begin(page)) + position - begin(page)) * valueStride();
  }

  /** From the value of one position to the next, in floats: a multiple of 16; what is beyond the head's width is 0. */
  int valueStride() {
    return padded(headWidth);
  }

  private static int padded(int width) {
    return Math.ceilDiv(width, PAD) * PAD;
  }
}
