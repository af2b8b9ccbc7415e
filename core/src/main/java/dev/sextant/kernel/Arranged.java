package dev.sextant.kernel;

/**
 * A vector laid out to be multiplied by a matrix: as floats, or, for Q4, as whole numbers from -127 to 127
 * with a scale for each {@value Blocks#COLUMNS} of them, so that the sum over a block is exact in whatever order. Mutable and
 * grown on demand, so that whoever multiplies often needs only one.
 */
public final class Arranged {
  private static final int LARGEST = 127;
  /** Added to a small number, rounds it, half to even, and leaves it in the low bits. */
  private static final float ROUNDER = 0x1.8p23f;
  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  public float[] floats = {};
  /** The whole numbers, 0 up to the end of the last span. */
  public int[] levels = {};
  /** For each block. */
  public float[] scales = {};
  /** What vector kernels make of {@link #levels}. */
  public int[] factors = {};

  /** Room for so many floats. */
  public float[] floats(int n) {
    if (floats.length < n) floats = new float[n];
    return floats;
  }

  /** Room for so many factors. */
  public int[] factors(int n) {
    if (factors.length < n) factors = new int[n];
    return factors;
  }

  /** Rounds {@code x[at .. at + n - 1]} to whole numbers and scales. */
  public void round(float[] x, int at, int n) {
    int padded = Math.ceilDiv(n, Blocks.SPAN) * Blocks.SPAN;
    if (levels.length < padded) {
      scales = new float[padded / Blocks.COLUMNS]; // first: levels say how much room there is, should memory run out
      levels = new int[padded];
    }
    for (int i = 0; i < padded; i += Blocks.COLUMNS)
      scales[i / Blocks.COLUMNS] = roundBlock(x, at + i, Math.clamp(n - i, 0, Blocks.COLUMNS), i);
  }

  /** The same numbers as floats again. */
  void restore(float[] into, int at, int n) {
    for (int i = 0; i < n; i++) into[at + i] = levels[i] * scales[i / Blocks.COLUMNS];
  }

  /** A block with a number that is not finite has scale NaN; numbers too small for a normal scale count as 0. */
  private float roundBlock(float[] x, int at, int n, int into) {
    float max = 0;
    for (int i = 0; i < n; i++) max = Math.max(max, Math.abs(x[at + i])); // NaN stays
    float scale = max / LARGEST;
    float factor = scale < Float.MIN_NORMAL || !(max <= Float.MAX_VALUE) ? 0 : LARGEST / max;
    for (int i = 0; i < n; i++)
      levels[into + i] = factor == 0 ? 0 : Float.floatToRawIntBits(x[at + i] * factor + ROUNDER) - ROUNDER_BITS;
    for (int i = n; i < Blocks.COLUMNS; i++) levels[into + i] = 0;
    return max <= Float.MAX_VALUE ? scale : Float.NaN;
  }
}
