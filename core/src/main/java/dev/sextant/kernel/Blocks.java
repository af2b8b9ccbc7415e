package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How quantised matrices lie in memory, so that a vector holds the same columns of {@value #ROWS} rows and nothing is summed
 * across lanes. A group of so many rows follows the other; it lies in spans of {@value #SPAN} columns, each aligned to 64
 * bytes:
 *
 * <ul>
 *   <li>for each row two scales, the upper halves of singles: of the first {@value #COLUMNS} columns, then of the others;
 *   <li>then, as often as it takes, for each row one word of 4 bytes with the levels of the next 4 columns (8 bits) or the
 *       next 8 (4 bits), the first column lowest.
 * </ul>
 *
 * <p>Rows and columns that are not there are there as zeros. That the memory has exactly {@link #bytes} is proven when a matrix
 * is made: every span of its rows lies inside.
 */
public final class Blocks {
  /** Rows in a group. */
  public static final int ROWS = 16;
  /** Columns that share a scale. */
  public static final int COLUMNS = 32;
  /** Columns of a span. */
  public static final int SPAN = 2 * COLUMNS;
  /** Bytes of one word of each row of a group. */
  public static final int LINE = ROWS * Integer.BYTES;

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
      .withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_NIBBLES = 0x0f0f0f0f0f0f0f0fL;

  /** Bytes of one span of a group: a line of scales, then the levels. */
  public static int spanBytes(int bits) {
    return LINE + ROWS * SPAN * bits / Byte.SIZE;
  }

  /** Bytes of a whole group. */
  public static long groupBytes(int bits, int columns) {
    return (long) Math.ceilDiv(columns, SPAN) * spanBytes(bits);
  }

  /** Bytes of a whole matrix. */
  public static long bytes(int bits, int rows, int columns) {
    return Math.multiplyExact(groupBytes(bits, columns), Math.ceilDiv(rows, ROWS));
  }

  static void requireSize(MemorySegment data, int rows, int columns, int bits) {
    if (rows < 0 || columns < 0 || data.byteSize() != bytes(bits, rows, columns)) {
      throw new IllegalArgumentException("a matrix of " + rows + " x " + columns + " in " + bits + " bits takes "
          + bytes(bits, rows, columns) + " bytes, not " + data.byteSize());
    }
  }

  static MemorySegment slice(Matrix.Quantized w, int from, int count) {
    if (from < 0 || from % ROWS != 0 || count < 0 || from > w.rows() - count) {
      throw new IllegalArgumentException("rows " + from + " .. " + (from + count) + " of " + w.rows()
          + ": a slice of a quantised matrix must begin at a multiple of " + ROWS + " and lie inside");
    }
    long group = groupBytes(w.bits(), w.columns());
    return w.data().asSlice(from / ROWS * group, Math.ceilDiv(count, ROWS) * group);
  }

  /**
   * Reads the levels of one row, {@value #SPAN} columns from {@code column} on, a multiple of that, into
   * {@code into[at .. at + SPAN - 1]}.
   */
  public static void levels(Matrix.Quantized w, int row, int column, byte[] into, int at) {
    MemorySegment data = w.data();
    long line = span(w, row, column) + LINE;
    if (w.bits() == Byte.SIZE) {
      for (int i = at; i < at + SPAN; i += 4, line += LINE) Bytes.put(into, i, data.get(INT, line));
    } else {
      for (int i = at; i < at + SPAN; i += 8, line += LINE)
        Bytes.put(into, i, Long.expand(data.get(INT, line), LOW_NIBBLES));
    }
  }

  /** The scale of a weight. */
  public static float scale(Matrix.Quantized w, int row, int column) {
    int both = w.data().get(INT, span(w, row, column));
    return Float.intBitsToFloat(column % SPAN < COLUMNS ? both << 16 : both & 0xffff0000);
  }

  /**
   * Writes one block of each row of a group.
   *
   * @param column the block's first
   * @param levels [{@value #COLUMNS}, {@value #ROWS}], column by column
   * @param scales for each row; their lower halves are 0
   */
  static void write(Matrix.Quantized w, int group, int column, int[] levels, float[] scales) {
    long span = span(w, group * ROWS, column);
    int block = column % SPAN / COLUMNS;
    for (int r = 0; r < ROWS; r++) {
      short scale = (short) (Float.floatToRawIntBits(scales[r]) >>> 16);
      w.data().set(SHORT, span + Integer.BYTES * r + Short.BYTES * block, scale);
    }
    int columns = Integer.SIZE / w.bits();
    long line = span + LINE + (long) block * (COLUMNS / columns) * LINE;
    for (int i = 0; i < levels.length; i += columns * ROWS, line += LINE) {
      for (int r = 0; r < ROWS; r++) w.data().set(INT, line + Integer.BYTES * r, word(levels, i + r, w.bits()));
    }
  }

  private static int word(int[] levels, int first, int bits) {
    int word = 0;
    for (int shift = 0, i = first; shift < Integer.SIZE; shift += bits, i += ROWS) word |= levels[i] << shift;
    return word;
  }

  /** Where a row's word of scales lies. */
  private static long span(Matrix.Quantized w, int row, int column) {
    return row / ROWS * groupBytes(w.bits(), w.columns()) + (long) (column / SPAN) * spanBytes(w.bits())
        + row % ROWS * Integer.BYTES;
  }

  private Blocks() {}
}
