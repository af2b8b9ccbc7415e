package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A matrix, turned round, and a vector to be multiplied: y[yAt + c] = Σ over rows r of x[xAt + r] · w[r, c]. It carries a
 * direction back through a projection. Mutable, so that whoever multiplies often needs only one; used by one thread at a
 * time.
 */
public final class Transposed {
  /** Ranges of columns begin at multiples of this, the span of a quantised matrix. */
  public static final int GRAIN = Blocks.SPAN;

  public Matrix w = new Matrix.F32(MemorySegment.NULL, 0, 0);
  public float[] x = {};
  public int xAt;
  public float[] y = {};
  public int yAt;
  private float[] working = {};

  /** At least so many floats to work in; what they hold is undefined. */
  public float[] working(int length) {
    if (working.length < length) working = new float[length];
    return working;
  }
}
