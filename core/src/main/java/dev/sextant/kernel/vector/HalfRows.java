package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Weights.ints;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Rows of F16 times a vector, in pairs as with BF16. A half becomes a float by moving its bits, sign kept, three places
 * down from the top and multiplying by 2^112, exact for all finite numbers. Infinities and NaNs come out finite, so the
 * loop also keeps the largest exponent, and a row that has the topmost is summed again the slow way.
 */
final class HalfRows {
  private static final int BLOCK = 2 * SUM;
  private static final long BYTES = Short.BYTES;

  /** The rows {@code from .. to - 1}; those left over go alone, two times over, for the same sums in the same order. */
  static void multiply(MatrixVector p, Matrix.F16 w, int from, int to) {
    long origin = Weights.origin(w, from, to);
    int half = (to - from) / 2;
    streams(p, origin, from, half, half);
    for (int r = from + 2 * half; r < to; r++) streams(p, origin + (r - from) * w.rowBytes(), r, 1, 0);
    Reference.reachabilityFence(w);
  }

  /** The rows {@code row .. row + rows - 1} and as many from {@code apart} further on: two streams leave room for inlining. */
  private static void streams(MatrixVector p, long origin, int row, int rows, int apart) {
    MemorySegment data = p.w.data();
    float[] x = p.x;
    float[] lanes = p.lanes;
    int n = p.w.columns();
    int whole = n / BLOCK * BLOCK;
    long stream = BYTES * n * apart;
    IntVector bits = IntVector.broadcast(INTS, 0x8fffe000);
    FloatVector factor = FloatVector.broadcast(FLOATS, 0x1p112f);
    IntVector exponents = IntVector.broadcast(INTS, 0x7c007c00);
    IntVector one = IntVector.broadcast(INTS, 0x04000400);
    for (int r = 0; r < rows; r++) {
      long at = origin + BYTES * n * r;
      IntVector top = IntVector.zero(INTS);
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector a2 = a;
        FloatVector b2 = a;
        long o0 = at + 2 * BYTES * g;
        long o1 = o0 + stream;
        for (int j = 0; j < whole; j += BLOCK) {
          FloatVector e = FloatVector.fromArray(FLOATS, x, j + g);
          FloatVector f = FloatVector.fromArray(FLOATS, x, j + SUM + g);
          IntVector v = ints(data, o0 + BYTES * j);
          IntVector w = ints(data, o1 + BYTES * j);
          a = v.lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(e, a);
          a2 = v.lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(f, a2);
          b = w.lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(e, b);
          b2 = w.lanewise(ASHR, 3).lanewise(AND, bits).reinterpretAsFloats().mul(factor).fma(f, b2);
          // An exponent of all ones carries into the sign's place.
          top = top.lanewise(OR, v.lanewise(AND, exponents).add(one)).lanewise(OR, w.lanewise(AND, exponents).add(one));
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        a.add(a2).intoArray(lanes, g);
        b.add(b2).intoArray(lanes, SUM + g);
      }
      boolean special = (top.reduceLanes(OR) & 0x80008000) != 0;
      for (int s = 0; s < 2; s++) {
        long o = at + s * stream;
        float sum = special && hasSpecial(p, o, whole) ? plain(p, o, whole) : Lanes.sum(lanes, s * SUM);
        p.y[p.yAt + row + r + s * apart] = sum + tail(p, o, whole);
      }
    }
  }

  private static boolean hasSpecial(MatrixVector p, long at, int columns) {
    for (int j = 0; j < columns; j++)
      if ((Weights.int16(p.w.data(), at + BYTES * j) & 0x7c00) == 0x7c00) return true;
    return false;
  }

  /** The sum over whole blocks, one by one. */
  private static float plain(MatrixVector p, long at, int columns) {
    float sum = 0;
    for (int j = 0; j < columns; j++) sum += weight(p, at, j) * p.x[j - j % BLOCK + j % 2 * SUM + j % BLOCK / 2];
    return sum;
  }

  /** What the columns after the last whole block add. */
  private static float tail(MatrixVector p, long at, int from) {
    float sum = 0;
    for (int j = from; j < p.w.columns(); j++) sum += weight(p, at, j) * p.x[j];
    return sum;
  }

  private static float weight(MatrixVector p, long at, int column) {
    return Float.float16ToFloat(Weights.int16(p.w.data(), at + BYTES * column));
  }

  private HalfRows() {}
}
