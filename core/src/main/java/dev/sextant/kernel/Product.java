package dev.sextant.kernel;

/**
 * A product of blocks: result [rows, width] = left [rows, depth] · right [depth, width]. Each block lies in an array from an
 * offset on, its rows a stride apart, in single precision; the right one may also be BF16. {@code width} is a multiple of 16,
 * or of {@value #PAIRED} with BF16. Mutable, so that whoever multiplies often needs only one.
 */
public final class Product {
  /** Of so many BF16 numbers on the right, those of the first half lie in the lower halves of successive ints. */
  public static final int PAIRED = 32;

  public float[] left = {};
  public int leftAt;
  public int leftStride;
  /** Not used if {@link #isPaired}. */
  public float[] right = {};
  /** Number i of each {@value #PAIRED} in the lower half of int i, number 16 + i in the upper half. */
  public int[] pairs = {};
  public boolean isPaired;
  /** In numbers, not in ints, for pairs too; then, like the stride, a multiple of {@value #PAIRED}. */
  public int rightAt;
  public int rightStride;
  public float[] result = {};
  public int resultAt;
  public int resultStride;
  public int rows;
  public int depth;
  public int width;
  float[][] unpacked = {{}};

  public Product left(float[] data, int at, int stride) {
    left = data;
    leftAt = at;
    leftStride = stride;
    return this;
  }

  public Product right(float[] data, int at, int stride) {
    right = data;
    isPaired = false;
    rightAt = at;
    rightStride = stride;
    return this;
  }

  public Product pairs(int[] data, int at, int stride) {
    pairs = data;
    isPaired = true;
    rightAt = at;
    rightStride = stride;
    return this;
  }

  /** The rows on the right as floats, each in an array of its own, and one more for a sum; for kernels in plain Java. */
  float[][] unpacked() {
    if (unpacked.length <= depth || unpacked[0].length < width)
      unpacked = new float[Math.max(unpacked.length, depth + 1)][Math.max(unpacked[0].length, width)];
    for (int k = 0; k < depth; k++) {
      int at = rightAt + k * rightStride;
      if (isPaired) unpackPairs(at, unpacked[k]);
      else System.arraycopy(right, at, unpacked[k], 0, width);
    }
    return unpacked;
  }

  private void unpackPairs(int at, float[] into) {
    int half = PAIRED / 2;
    for (int i = 0; i < width; i += PAIRED) {
      for (int j = 0; j < half; j++) {
        int pair = pairs[(at + i) / 2 + j];
        into[i + j] = Float.intBitsToFloat(pair << 16);
        into[i + half + j] = Float.intBitsToFloat(pair & 0xffff0000);
      }
    }
  }

  /** Which int a number lies in. */
  static int pair(int number) {
    return number / PAIRED * (PAIRED / 2) + number % (PAIRED / 2);
  }

  /** In which half of it. */
  static boolean isUpper(int number) {
    return number % PAIRED >= PAIRED / 2;
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
