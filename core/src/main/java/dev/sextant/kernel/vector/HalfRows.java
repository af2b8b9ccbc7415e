package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Pairs.BLOCK;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Rows of F16 times a vector, in pairs as with BF16. A half becomes a float by moving its bits, sign kept, three places
 * down from the top and multiplying by 2^112, exact for all finite numbers. Infinities and NaNs come out finite, so the
 * loop also or's together the bits of all weights; where that gives the exponent of infinity, two or more numbers may have
 * done it between them or one alone, and a row that has one is summed again the slow way. Bounds as in
 * {@link BrainRows}.
 */
final class HalfRows {
  private static final long BYTES = Short.BYTES;
  private static final int EXPONENTS = 0x7c007c00;
  private static final int LEAST_EXPONENTS = 0x04000400;

  /** The rows {@code from .. to - 1}; those left over go alone, two times over, for the same sums in the same order. */
  static void multiply(MatrixVector p, Matrix.F16 w, int from, int to) {
    long origin = from * w.rowBytes();
    int half = (to - from) / 2;
    streams(p, origin, from, half, half);
    for (int r = from + 2 * half; r < to; r++) streams(p, origin + (r - from) * w.rowBytes(), r, 1, 0);
  }

  /** The rows {@code row .. row + rows - 1} and as many from {@code apart} further on: two streams leave room for inlining. */
  private static void streams(MatrixVector p, long origin, int row, int rows, int apart) {
    MemorySegment data = p.w.data();
    float[] x = p.x.floats;
    float[] lanes = p.lanes;
    int n = p.w.columns();
    int whole = n / BLOCK * BLOCK;
    long stream = BYTES * n * apart;
    IntVector bits = IntVector.broadcast(INTS, 0x8fffe000);
    FloatVector factor = FloatVector.broadcast(FLOATS, 0x1p112f);
    for (int r = 0; r < rows; r++) {
      long at = origin + BYTES * n * r;
      boolean suspect = false;
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        IntVector seen = IntVector.zero(INTS);
        long o0 = at + 2 * BYTES * g;
        long o1 = o0 + stream;
        for (int j = 0; j < whole; j += BLOCK) {
          FloatVector e = FloatVector.fromArray(FLOATS, x, j + g);
          FloatVector f = FloatVector.fromArray(FLOATS, x, j + SUM + g);
          IntVector v = Lanes.ints(data, o0 + BYTES * j);
          IntVector w = Lanes.ints(data, o1 + BYTES * j);
          a = v.lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(e, a);
          a2 = v.lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(f, a2);
          b = w.lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(e, b);
          b2 = w.lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(f, b2);
          seen = seen.lanewise(OR, v).lanewise(OR, w);
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        a.add(a2).intoArray(lanes, g);
        b.add(b2).intoArray(lanes, SUM + g);
        suspect |= suspect(seen);
      }
      for (int s = 0; s < 2; s++) {
        long o = at + s * stream;
        float sum = suspect && hasSpecial(p, o, whole) ? plain(p, o, whole) : Lanes.sum(lanes, s * SUM);
        p.y[p.yAt + row + r + s * apart] = sum + tail(p, o, whole);
      }
    }
  }

  /** Are all exponent bits of either half set in some of the numbers or'ed together? */
  private static boolean suspect(IntVector seen) {
    int all = seen.lanewise(AND, EXPONENTS).lanewise(ADD, LEAST_EXPONENTS).reduceLanes(OR);
    return (all & 0x80008000) != 0; // all ones, and one more, carry into the sign's place
  }

  private static boolean hasSpecial(MatrixVector p, long at, int columns) {
    MemorySegment data = p.w.data();
    for (int j = 0; j < columns; j += 2 * COUNT) if (suspect(Lanes.ints(data, at + BYTES * j))) return true;
    return false;
  }

  /** The sum over whole blocks, one by one. */
  private static float plain(MatrixVector p, long at, int columns) {
    float sum = 0;
    for (int j = 0; j < columns; j++) sum += weight(p, at, j) * p.x.floats[Pairs.at(j)];
    return sum;
  }

  /** What the columns after the last whole block add. */
  private static float tail(MatrixVector p, long at, int from) {
    float sum = 0;
    for (int j = from; j < p.w.columns(); j++) sum += weight(p, at, j) * p.x.floats[j];
    return sum;
  }

  private static float weight(MatrixVector p, long at, int column) {
    return Float.float16ToFloat(p.w.data().get(Lanes.SHORT, at + BYTES * column));
  }

  private HalfRows() {}
}
