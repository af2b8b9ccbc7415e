package dev.sextant.kernel;

/** Products with BF16 on the right: four steps of the depth at a time, as with floats. */
final class ScalarPairs {
  private static final int HALF = Product.PAIRED / 2;
  private static final int UPPER = 0xffff0000;

  /** Adds to the result. */
  static void multiply(Product p) {
    for (int r = 0; r < p.rows; r++) {
      int k = 0;
      for (; k <= p.depth - 4; k += 4) addFour(p, r, k);
      for (; k < p.depth; k++) addOne(p, r, k);
    }
  }

  private static void addFour(Product p, int row, int k) {
    int left = p.leftAt + row * p.leftStride + k;
    float f0 = p.left[left];
    float f1 = p.left[left + 1];
    float f2 = p.left[left + 2];
    float f3 = p.left[left + 3];
    int[] right = p.pairs;
    float[] result = p.result;
    int next = p.rightStride / 2;
    for (int c = 0; c < p.width; c += Product.PAIRED) {
      int into = p.resultAt + row * p.resultStride + c;
      int r0 = (p.rightAt + k * p.rightStride + c) / 2;
      int r1 = r0 + next;
      int r2 = r1 + next;
      int r3 = r2 + next;
      for (int i = 0; i < HALF; i++)
        result[into + i] += (f0 * lower(right[r0 + i]) + f1 * lower(right[r1 + i]))
            + (f2 * lower(right[r2 + i]) + f3 * lower(right[r3 + i]));
      for (int i = 0; i < HALF; i++)
        result[into + HALF + i] += (f0 * upper(right[r0 + i]) + f1 * upper(right[r1 + i]))
            + (f2 * upper(right[r2 + i]) + f3 * upper(right[r3 + i]));
    }
  }

  private static void addOne(Product p, int row, int k) {
    float factor = p.left[p.leftAt + row * p.leftStride + k];
    for (int c = 0; c < p.width; c += Product.PAIRED) {
      int into = p.resultAt + row * p.resultStride + c;
      int from = (p.rightAt + k * p.rightStride + c) / 2;
      for (int i = 0; i < HALF; i++) p.result[into + i] += factor * lower(p.pairs[from + i]);
      for (int i = 0; i < HALF; i++) p.result[into + HALF + i] += factor * upper(p.pairs[from + i]);
    }
  }

  private static float lower(int pair) {
    return Float.intBitsToFloat(pair << 16);
  }

  private static float upper(int pair) {
    return Float.intBitsToFloat(pair & UPPER);
  }

  private ScalarPairs() {}
}
