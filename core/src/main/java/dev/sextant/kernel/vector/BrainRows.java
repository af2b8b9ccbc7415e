package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Pairs.BLOCK;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Rows of BF16 times a vector. Weights are read in pairs, as ints; x has the even columns of each 32 before the odd ones. Bounds
 * are proven where {@link SingleRows} says; pairs are read of whole blocks only, so never beyond a row.
 */
final class BrainRows {
  private static final long BYTES = Short.BYTES;

  /** The rows {@code from .. to - 1}; those left over go alone, four times over, for the same sums in the same order. */
  static void multiply(MatrixVector p, Matrix.BF16 w, int from, int to) {
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
    int whole = n / BLOCK * BLOCK;
    long stream = BYTES * n * apart;
    IntVector odd = IntVector.broadcast(Lanes.INTS, 0xffff0000);
    for (int r = 0; r < rows; r++) {
      long at = origin + BYTES * n * r;
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        FloatVector c2 = a;
        FloatVector d2 = a;
        long o0 = at + 2 * BYTES * g;
        long o1 = o0 + stream;
        long o2 = o1 + stream;
        long o3 = o2 + stream;
        for (int j = 0; j < whole; j += BLOCK) {
          FloatVector e = FloatVector.fromArray(FLOATS, x, j + g);
          FloatVector f = FloatVector.fromArray(FLOATS, x, j + SUM + g);
          IntVector v = Lanes.ints(data, o0 + BYTES * j);
          IntVector w = Lanes.ints(data, o1 + BYTES * j);
          a = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(e, a);
          a2 = v.lanewise(AND, odd).reinterpretAsFloats().fma(f, a2);
          b = w.lanewise(LSHL, 16).reinterpretAsFloats().fma(e, b);
          b2 = w.lanewise(AND, odd).reinterpretAsFloats().fma(f, b2);
          v = Lanes.ints(data, o2 + BYTES * j);
          w = Lanes.ints(data, o3 + BYTES * j);
          c = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(e, c);
          c2 = v.lanewise(AND, odd).reinterpretAsFloats().fma(f, c2);
          d = w.lanewise(LSHL, 16).reinterpretAsFloats().fma(e, d);
          d2 = w.lanewise(AND, odd).reinterpretAsFloats().fma(f, d2);
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        a.add(a2).intoArray(lanes, g);
        b.add(b2).intoArray(lanes, SUM + g);
        c.add(c2).intoArray(lanes, 2 * SUM + g);
        d.add(d2).intoArray(lanes, 3 * SUM + g);
      }
      for (int s = 0; s < 4; s++)
        p.y[p.yAt + row + r + s * apart] = Lanes.sum(lanes, s * SUM) + tail(p, at + s * stream, whole);
    }
  }

  /** What the columns after the last whole block add. */
  private static float tail(MatrixVector p, long at, int from) {
    float sum = 0;
    for (int j = from; j < p.w.columns(); j++) {
      float weight = Float.intBitsToFloat(p.w.data().get(Lanes.SHORT, at + BYTES * j) << 16);
      sum += weight * p.x.floats[j];
    }
    return sum;
  }

  private BrainRows() {}
}
