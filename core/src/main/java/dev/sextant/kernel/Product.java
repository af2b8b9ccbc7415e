package dev.sextant.kernel;

/**
 * A product of single-precision blocks: result [rows, width] = left [rows, depth] · right [depth, width].
 * Each block lies in an array from an offset on, its rows a stride apart; {@code width} is a multiple of 16. Mutable, so
 * that whoever multiplies often needs only one.
 */
public final class Product {
  public float[] left = {};
  public int leftAt;
  public int leftStride;
  public float[] right = {};
  public int rightAt;
  public int rightStride;
  public float[] result = {};
  public int resultAt;
  public int resultStride;
  public int rows;
  public int depth;
  public int width;

  public Product left(float[] data, int at, int stride) {
    left = data;
    leftAt = at;
    leftStride = stride;
    return this;
  }

  public Product right(float[] data, int at, int stride) {
    right = data;
    rightAt = at;
    rightStride = stride;
    return this;
  }

  public Product result(float[] data, int at, int stride) {
    result = data;
    resultAt = at;
    resultStride = stride;
    return this;
  }

  public Product size(int newRows, int newDepth, int newWidth) {
    rows = newRows;
    depth = newDepth;
    width = newWidth;
    return this;
  }
}
