package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A matrix and a vector to be multiplied: y[yAt + r] = w[r] · x. Mutable, so that whoever multiplies often needs only one;
 * used by one thread at a time.
 */
public final class MatrixVector {
  public Matrix w = new Matrix.F32(MemorySegment.NULL, 0, 0);
  /** Laid out by {@link Kernels#arrange}. */
  public Arranged x = new Arranged();
  public float[] y = {};
  public int yAt;
  /** For sums kept in lanes until they are added up. */
  public final float[] lanes = new float[64];
  private float[] room = {};

  /** Room for so many floats. */
  float[] room(int n) {
    if (room.length < n) room = new float[n];
    return room;
  }
}
