package dev.sextant.kernel;

/** Activations [rows, width] in single precision, row-major: one row per token. Grows, never shrinks; reused by its owner. */
public final class Rows {
  /** The longest array that every virtual machine allows. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final int width;
  private int rows;
  private float[] data = {};

  public Rows(int width) {
    if (width < 0) throw new IllegalArgumentException("width is " + width + "; it must not be negative");
    this.width = width;
  }

  /**
   * Makes room for so many rows; what they hold is undefined.
   *
   * @throws OutOfMemoryError if the memory is not there, or no array is long enough
   */
  public Rows resize(int newRows) {
    int wanted = size(newRows, width);
    if (data.length < wanted) data = new float[wanted];
    rows = newRows;
    return this;
  }

  public int rows() {
    return rows;
  }

  public int width() {
    return width;
  }

  /** The numbers themselves, live; may be longer than rows x width. */
  public float[] data() {
    return data;
  }

  /** Where a row begins in {@link #data()}. */
  public int at(int row) {
    return row * width;
  }

  /**
   * How many numbers so many rows have. All arrays of activations are made so large and never indexed beyond: where this does
   * not overflow, no index does. What is longer than an array can be is memory that is not there.
   */
  static int size(long rows, long width) {
    if (rows < 0 || width < 0) throw new IllegalArgumentException("a size of " + rows + " x " + width);
    if (width > 0 && rows > LONGEST / width)
      throw new OutOfMemoryError(rows + " x " + width + " numbers are more than an array can hold");
    return (int) (rows * width);
  }

  /** For error messages: "[rows, width]". */
  String shape() {
    return "[" + rows + ", " + width + "]";
  }
}
