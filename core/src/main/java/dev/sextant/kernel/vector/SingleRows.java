package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.SUM;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * Rows of F32 times a vector. Where rows lie, {@link Matrix} has proven when it was made; that x has as many numbers as w has
 * columns, and y as w has rows, {@code Engine.multiply}.
 */
final class SingleRows {
  private static final long BYTES = Float.BYTES;

  /** The rows {@code from .. to - 1}; those left over go alone, four times over, for the same sums in the same order. */
  static void multiply(MatrixVector p, Matrix.F32 w, int from, int to) {
    long origin = from * w.rowBytes();
    int quarter = (to - from) / 4;
    streams(p, origin, from, quarter, quarter);
    for (int r = from + 4 * quarter; r < to; r++) streams(p, origin + (r - from) * w.rowBytes(), r, 1, 0);
  }

  /**
   * The rows {@code row .. row + rows - 1}, whose first begins at {@code origin}, and as many from each of the three rows
   * {@code apart} further on: four streams, which keep the prefetchers busy and share the loads of x.
   */
  private static void streams(MatrixVector p, long origin, int row, int rows, int apart) {
    MemorySegment data = p.w.data();
    float[] x = p.x.floats;
    float[] lanes = p.lanes;
    int n = p.w.columns();
    int whole = n / SUM * SUM;
    long stream = BYTES * n * apart;
    for (int r = 0; r < rows; r++) {
      long at = origin + BYTES * n * r;
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        long o0 = at + BYTES * g;
        long o1 = o0 + stream;
        long o2 = o1 + stream;
        long o3 = o2 + stream;
        for (int j = 0; j < whole; j += SUM) {
          FloatVector v = FloatVector.fromArray(FLOATS, x, j + g);
          a = Lanes.floats(data, o0 + BYTES * j).fma(v, a);
          b = Lanes.floats(data, o1 + BYTES * j).fma(v, b);
          c = Lanes.floats(data, o2 + BYTES * j).fma(v, c);
          d = Lanes.floats(data, o3 + BYTES * j).fma(v, d);
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        a.intoArray(lanes, g);
        b.intoArray(lanes, SUM + g);
        c.intoArray(lanes, 2 * SUM + g);
        d.intoArray(lanes, 3 * SUM + g);
      }
      for (int s = 0; s < 4; s++)
        p.y[p.yAt + row + r + s * apart] = Lanes.sum(lanes, s * SUM) + tail(p, at + s * stream, whole);
    }
  }

  /** What the columns after the last whole block add. */
  static float tail(MatrixVector p, long at, int from) {
    float sum = 0;
    for (int j = from; j < p.w.columns(); j++) sum += p.w.data().get(Lanes.FLOAT, at + BYTES * j) * p.x.floats[j];
    return sum;
  }

  private SingleRows() {}
}
