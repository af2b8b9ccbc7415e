package dev.sextant.kernel;

/**
 * Quantises a matrix, shared out by groups of rows. In 8 bits the largest weight of a block gets level 1 or 255. In 4 bits
 * it gets about level 0, whatever its sign, since that is furthest from zero; how far exactly is tried out, and the scale is
 * the one with the least squared error.
 */
public final class Packing implements Workers.Task {
  private static final int FRACTION = 0xffff;
  /** Where 4 bits put the largest weight, in levels below zero: from the first to the last, in steps. */
  private static final float NEAREST = 7;
  private static final float FURTHEST = 9;
  private static final float STEP = 0.25f;

  private final Kernels kernels;
  private final Matrix from;
  private final Matrix.Quantized to;

  /**
   * Prepares.
   *
   * @param from not quantised
   * @param to of the same shape, its memory zero
   */
  public Packing(Kernels kernels, Matrix from, Matrix.Quantized to) {
    this.kernels = kernels;
    this.from = from;
    this.to = to;
  }

  @Override
  public void run(int part, int parts) {
    int groups = Math.ceilDiv(to.rows(), Blocks.ROWS);
    int end = Parallel.begin(groups, part + 1, parts) * Blocks.ROWS;
    float[] row = new float[Math.ceilDiv(to.columns(), Blocks.SPAN) * Blocks.SPAN];
    for (int r = Parallel.begin(groups, part, parts) * Blocks.ROWS; r < Math.min(end, to.rows()); r++) {
      kernels.decode(from, r, row, 0);
      pack(r, row);
    }
  }

  private void pack(int r, float[] row) {
    byte[] levels = new byte[Blocks.SPAN];
    float[] scales = new float[2];
    for (int c = 0; c < row.length; c += Blocks.SPAN) {
      for (int i = 0; i < 2; i++) {
        scales[i] = scale(row, c + i * Blocks.COLUMNS);
        round(row, c + i * Blocks.COLUMNS, scales[i], levels, i * Blocks.COLUMNS);
      }
      Blocks.write(to, r, c, levels, scales);
    }
  }

  /** NaN for a block with a weight that is not finite: what it is multiplied by shows it. */
  private float scale(float[] w, int at) {
    float largest = 0;
    for (int i = at; i < at + Blocks.COLUMNS; i++) {
      if (!Float.isFinite(w[i])) return Float.NaN;
      if (Math.abs(w[i]) > Math.abs(largest)) largest = w[i];
    }
    return to.bits() == Byte.SIZE ? raised(Math.abs(largest) / (to.zero() - 1)) : best(w, at, largest);
  }

  /** The next BF16 number from a positive one on, so that no level is out of range. */
  private static float raised(float scale) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(scale) + FRACTION & ~FRACTION);
  }

  private static float rounded(float scale) {
    int bits = Float.floatToRawIntBits(scale);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & ~FRACTION);
  }

  private float best(float[] w, int at, float largest) {
    float best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (float d = NEAREST; d <= FURTHEST; d += STEP) {
      float scale = rounded(-largest / d);
      double error = error(w, at, scale);
      if (error < least) {
        least = error;
        best = scale;
      }
    }
    return best;
  }

  private double error(float[] w, int at, float scale) {
    double sum = 0;
    for (int i = at; i < at + Blocks.COLUMNS; i++) {
      double off = w[i] - (level(w[i], scale) - to.zero()) * scale;
      sum += off * off;
    }
    return sum;
  }

  private void round(float[] w, int at, float scale, byte[] levels, int into) {
    for (int i = 0; i < Blocks.COLUMNS; i++) levels[into + i] = (byte) level(w[at + i], scale);
  }

  private int level(float weight, float scale) {
    if (!(Math.abs(scale) > 0)) return to.zero();
    return Math.clamp(Math.round(weight / scale) + to.zero(), 0, to.levels() - 1);
  }
}
