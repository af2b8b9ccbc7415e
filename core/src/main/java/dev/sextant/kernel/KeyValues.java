package dev.sextant.kernel;

/**
 * The keys (rotated) and values of one layer, all positions so far. Grows by pages, small ones first, then {@value
 * #LARGE} positions each, so what is there is never copied; not thread-safe.
 *
 * <p>Keys lie as [head, block, feature, {@value #BLOCK} positions], so that one vector holds the same feature of successive
 * keys and scores need no sum across lanes; values as [head, position, features padded with zeros]. Positions below {@link #length()} lie
 * on pages that are there: {@code append} makes them first, and {@code Engine.attend} asks for no others.
 */
public final class KeyValues {
  /** What the numbers are kept as. */
  public enum Format {
    /** As computed. */
    F32(Float.BYTES, 16),
    /** Rounded to the nearest of 8 bits of precision. */
    BF16(Short.BYTES, Product.PAIRED);

    private final int bytes;
    /** Values are padded to a multiple of so many features. */
    private final int pad;

    Format(int bytes, int pad) {
      this.bytes = bytes;
      this.pad = pad;
    }

    private Pages pages() {
      return this == F32 ? new Pages.Single() : new Pages.Brain();
    }

    private int padded(int width) {
      return Math.ceilDiv(width, pad) * pad;
    }
  }

  /** Positions in a block of keys. */
  static final int BLOCK = 64;
  /** Positions in the first page. */
  private static final int SMALL = 128;
  /** Positions in a page once there are so many: reading goes faster the longer it goes straight on. */
  private static final int LARGE = 512;

  private final int heads;
  private final int headWidth;
  private final int valueStride;
  private final Pages keys;
  private final Pages values;
  private int length;

  public KeyValues(Format format, int heads, int headWidth) {
    if (heads < 1 || headWidth < 1) throw new IllegalArgumentException(heads + " heads of width " + headWidth);
    this.heads = heads;
    this.headWidth = headWidth;
    valueStride = format.padded(headWidth);
    keys = format.pages();
    values = format.pages();
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

  /** Bytes that so many positions take in one layer: whole pages. At most {@link Long#MAX_VALUE}. */
  public static long bytes(Format format, int heads, int headWidth, long positions) {
    long room = positions > LARGE ? Math.ceilDiv(positions, LARGE) * (long) LARGE
        : positions > 0 ? begin(page((int) positions - 1) + 1) : 0;
    long each = (long) format.bytes * heads * ((long) headWidth + format.padded(headWidth));
    return room > Long.MAX_VALUE / each ? Long.MAX_VALUE : room * each;
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
        int position = length + t;
        int at = newKeys.at(t) + h * headWidth;
        keys.putColumn(page(position), keyAt(position, h) + position % BLOCK, newKeys.data(), at, headWidth);
        values.putRow(page(position), valueAt(position, h), newValues.data(), at, headWidth);
      }
    }
    length = newLength;
  }

  private void grow(int pages) {
    for (int page = values.count(); page < pages; page++) {
      int positions = begin(page + 1) - begin(page);
      // memory may have run out between the two, and the text may have been cut and gone on
      if (keys.count() == page) keys.add(Rows.size(positions, (long) heads * headWidth));
      values.add(Rows.size(positions, (long) heads * valueStride));
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

  /** Makes the keys [headWidth, BLOCK] of the block a position lies in the right side of a product. */
  void multipliedKeys(Product product, int position, int head) {
    keys.multiplied(product, page(position), keyAt(position, head), BLOCK);
  }

  /** Makes the values [to the end of the page, valueStride] from a position on the right side of a product. */
  void multipliedValues(Product product, int position, int head) {
    values.multiplied(product, page(position), valueAt(position, head), valueStride);
  }

  /** Where, in its page, the block of one head begins that a position lies in. */
  private int keyAt(int position, int head) {
    int page = page(position);
    int inPage = position - begin(page);
    return (head * (begin(page + 1) - begin(page)) + inPage / BLOCK * BLOCK) * headWidth;
  }

  /** Copies the value of one head at a position [headWidth]. */
  public void copyValue(int position, int head, float[] into) {
    values.copyRow(page(position), valueAt(position, head), into, headWidth);
  }

  /** Where, in its page, the value of one position begins. */
  private int valueAt(int position, int head) {
    int page = page(position);
    return (head * (begin(page + 1) - begin(page)) + position - begin(page)) * valueStride;
  }

  /** The features of a value, and zeros to fill whole vectors. */
  int valueStride() {
    return valueStride;
  }
}
