package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;

/**
 * A read-only look at rows of numbers inside a running pass. Live: valid only during the call that hands it out, and
 * overwritten afterwards. Copy what must be kept.
 */
public final class LiveRows {
  private final int firstPosition;
  private final int rows;
  private final int width;
  private final float[] data;

  /**
   * @param firstPosition position in the text of the first row's token
   * @param rows number of rows
   * @param width numbers per row
   * @param data the numbers, row-major; may be longer
   */
  public LiveRows(int firstPosition, int rows, int width, float[] data) {
    this.firstPosition = firstPosition;
    this.rows = rows;
    this.width = width;
    this.data = data;
  }

  /** Position in the text of the token that the first row belongs to. */
  public int firstPosition() {
    return firstPosition;
  }

  public int rows() {
    return rows;
  }

  public int width() {
    return width;
  }

  /** One number: of a row in [0, rows()), in a column in [0, width()). */
  public float get(int row, int column) {
    return data[checked("row", row, rows) * width + checked("column", column, width)];
  }

  /** A copy of one row, in [0, rows()). */
  public float[] copyRow(int row) {
    int at = checked("row", row, rows) * width;
    return Arrays.copyOfRange(data, at, at + width);
  }

  /** A copy of all rows, row-major. */
  public float[] copy() {
    return Arrays.copyOf(data, rows * width);
  }

  private static int checked(String name, int value, int end) {
    if (value < 0 || value >= end) {
      throw new InvalidArgumentException(name + " is " + value + "; it must lie in [0, " + end + ")");
    }
    return value;
  }
}
