package dev.sextant.kernel;

/**
 * The reference for quantised matrices. With Q4, x is rounded to 8 bits, so sums over a block are whole numbers; the sum of
 * blocks goes from first to last.
 */
final class ScalarBlocks {
  /** The columns {@code first .. end - 1} of a row; {@code first} is a multiple of {@link Blocks#SPAN}. */
  static void decode(Matrix.Quantized w, int row, int first, int end, float[] into, int at) {
    byte[] levels = new byte[Blocks.SPAN];
    for (int i = first; i < end; i++) {
      if (i % Blocks.SPAN == 0) Blocks.levels(w, row, i, levels, 0);
      into[at + i - first] = weight(w, levels, i) * Blocks.scale(w, row, i);
    }
  }

  static void multiply(MatrixVector p, Matrix.Q4 w, int from, int to) {
    byte[] levels = new byte[Blocks.SPAN];
    for (int row = from; row < to; row++) {
      float sum = 0;
      for (int i = 0; i < w.columns(); i += Blocks.COLUMNS) {
        if (i % Blocks.SPAN == 0) Blocks.levels(w, row, i, levels, 0);
        sum += dot(p, w, levels, i) * (Blocks.scale(w, row, i) * p.x.scales[i / Blocks.COLUMNS]);
      }
      p.y[p.yAt + row] = sum;
    }
  }

  /** The sum over one block, scales left out. */
  private static int dot(MatrixVector p, Matrix.Q4 w, byte[] levels, int column) {
    int sum = 0;
    for (int i = column; i < column + Blocks.COLUMNS; i++) sum += weight(w, levels, i) * p.x.levels[i];
    return sum;
  }

  /** A weight without its scale. */
  private static int weight(Matrix.Quantized w, byte[] levels, int column) {
    return Byte.toUnsignedInt(levels[column % Blocks.SPAN]) - w.zero();
  }

  private ScalarBlocks() {}
}
