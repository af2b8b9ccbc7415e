package dev.sextant.kernel;

/** The keys (rotated) and values of one layer, all positions so far. Grows in pages; not thread-safe. */
public final class KeyValues {
  private final int heads;
  private final int headWidth;
  private float[] keys = {};
  private float[] values = {};
  private int length;

  public KeyValues(int heads, int headWidth) {
    this.heads = heads;
    this.headWidth = headWidth;
  }

  public int length() {
    return length;
  }

  /** Bytes that so many positions take in one layer. */
  public static long bytes(int heads, int headWidth, long positions) {
    return 2L * heads * headWidth * positions * Float.BYTES;
  }

  /** Adds the keys and values [tokens, heads · headWidth] of the next positions. */
  public void append(Rows newKeys, Rows newValues) {
    int width = heads * headWidth;
    int wanted = (length + newKeys.rows()) * width;
    if (keys.length < wanted) {
      keys = java.util.Arrays.copyOf(keys, 2 * wanted);
      values = java.util.Arrays.copyOf(values, 2 * wanted);
    }
    System.arraycopy(newKeys.data(), 0, keys, length * width, newKeys.rows() * width);
    System.arraycopy(newValues.data(), 0, values, length * width, newValues.rows() * width);
    length += newKeys.rows();
  }

  /** Forgets all positions from {@code newLength} on. */
  public void truncate(int newLength) {
    length = newLength;
  }

  float key(int position, int head, int i) {
    return keys[(position * heads + head) * headWidth + i];
  }

  float value(int position, int head, int i) {
    return values[(position * heads + head) * headWidth + i];
  }
}
