package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Tiles.load;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * Rows of F32 times four vectors at a time, each sum as {@link SingleRows} makes it, to the bit: 16 sums in registers share
 * the loads of the weights, and of the vectors. Where there are three vectors, the last is taken twice. Bounds as there.
 */
final class FourVectors {
  private static final int SIZE = 4;

  static void multiply(MatrixVector[] p, int count, Matrix.F32 w, int from, int to) {
    int quarter = (to - from) / 4;
    for (int t = 0; t < count; t += SIZE) {
      MatrixVector[] four = four(p, t, count);
      singles(four, w, from, quarter, quarter);
      for (int r = from + 4 * quarter; r < to; r++) singles(four, w, r, 1, 0);
    }
  }

  private static MatrixVector[] four(MatrixVector[] p, int t, int count) {
    int last = count - 1;
    return new MatrixVector[] {p[t], p[Math.min(t + 1, last)], p[Math.min(t + 2, last)], p[Math.min(t + 3, last)]};
  }

  /** The rows {@code row .. row + rows - 1}, and as many from each of the three rows {@code apart} further on. */
  private static void singles(MatrixVector[] p, Matrix.F32 w, int row, int rows, int apart) {
    MemorySegment data = w.data();
    float[] x0 = p[0].x.floats;
    float[] x1 = p[1].x.floats;
    float[] x2 = p[2].x.floats;
    float[] x3 = p[3].x.floats;
    int whole = w.columns() / SUM * SUM;
    long rowBytes = w.rowBytes();
    long stream = rowBytes * apart;
    for (int r = 0; r < rows; r++) {
      long at = rowBytes * (row + r);
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
        FloatVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
        long o0 = at + (long) Float.BYTES * g;
        long o1 = o0 + stream;
        long o2 = o1 + stream;
        long o3 = o2 + stream;
        for (int j = 0; j < whole; j += SUM) {
          FloatVector v0 = load(x0, j + g);
          FloatVector v1 = load(x1, j + g);
          FloatVector v2 = load(x2, j + g);
          FloatVector v3 = load(x3, j + g);
          FloatVector u = Lanes.floats(data, o0 + (long) Float.BYTES * j);
          a0 = u.fma(v0, a0);
          a1 = u.fma(v1, a1);
          a2 = u.fma(v2, a2);
          a3 = u.fma(v3, a3);
          u = Lanes.floats(data, o1 + (long) Float.BYTES * j);
          b0 = u.fma(v0, b0);
          b1 = u.fma(v1, b1);
          b2 = u.fma(v2, b2);
          b3 = u.fma(v3, b3);
          u = Lanes.floats(data, o2 + (long) Float.BYTES * j);
          c0 = u.fma(v0, c0);
          c1 = u.fma(v1, c1);
          c2 = u.fma(v2, c2);
          c3 = u.fma(v3, c3);
          u = Lanes.floats(data, o3 + (long) Float.BYTES * j);
          d0 = u.fma(v0, d0);
          d1 = u.fma(v1, d1);
          d2 = u.fma(v2, d2);
          d3 = u.fma(v3, d3);
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        keep(p[0].lanes, g, a0, b0, c0, d0);
        keep(p[1].lanes, g, a1, b1, c1, d1);
        keep(p[2].lanes, g, a2, b2, c2, d2);
        keep(p[3].lanes, g, a3, b3, c3, d3);
      }
      for (MatrixVector q : p)
        for (int s = 0; s < 4; s++)
          q.y[q.yAt + row + r + s * apart] = Lanes.sum(q.lanes, s * SUM) + SingleRows.tail(q, at + s * stream, whole);
    }
  }

  private static void keep(float[] lanes, int at, FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    a.intoArray(lanes, at);
    b.intoArray(lanes, SUM + at);
    c.intoArray(lanes, 2 * SUM + at);
    d.intoArray(lanes, 3 * SUM + at);
  }

  private FourVectors() {}
}
