package dev.sextant.kernel;

/** Activations [rows, width] in single precision, row-major: one row per token. Grows, never shrinks; reused by its owner. */
public final class Rows {
  private final int width;
  private int rows;
  private float[] data = {};

  public Rows(int width) {
    this.width = width;
  }

  /** Makes room for so many rows; what they hold is undefined. */
  public Rows resize(int newRows) {
    int wanted = Math.multiplyExact(newRows, width);
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

  /** For error messages: "[rows, width]". */
  String shape() {
    return "[" + rows + ", " + width + "]";
  }
}
