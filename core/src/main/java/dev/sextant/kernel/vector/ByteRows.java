package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.sextant.kernel.Arranged;
import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Rows of Q8 times a vector. A lane holds a row, so each number of x is multiplied with a word's level of {@value
 * Blocks#ROWS} rows at once. x stays as it is: rounded to 8 bits, it would cost more accuracy than the weights do.
 */
final class ByteRows {
  /** Columns in a word. */
  private static final int WORD = 4;
  private static final int BLOCK_BYTES = Blocks.COLUMNS / WORD * Blocks.LINE;
  private static final int SPAN_BYTES = Blocks.spanBytes(Byte.SIZE);

  /** Columns that are not there are 0. */
  static void arrange(float[] x, int at, int n, Arranged into) {
    int padded = Math.ceilDiv(n, Blocks.SPAN) * Blocks.SPAN;
    float[] floats = into.floats(padded);
    System.arraycopy(x, at, floats, 0, n);
    Arrays.fill(floats, n, padded, 0);
  }

  /** The rows {@code from .. to - 1}; a group left over goes alone, two times over. */
  static void multiply(MatrixVector p, Matrix.Q8 w, int from, int to) {
    Groups groups = new Groups(from, to);
    int half = groups.count() / 2;
    streams(p, groups, groups.first(), half, half);
    if (groups.count() % 2 > 0) streams(p, groups, groups.first() + 2 * half, 1, 0);
  }

  /** The groups {@code group .. group + groups - 1} and as many from {@code apart} further on: they share the loads of x. */
  private static void streams(MatrixVector p, Groups range, int group, int groups, int apart) {
    MemorySegment data = p.w.data();
    float[] x = p.x.floats;
    float[] lanes = p.lanes;
    int columns = Math.ceilDiv(p.w.columns(), Blocks.COLUMNS) * Blocks.COLUMNS;
    long groupBytes = p.w.rowBytes() * Blocks.ROWS;
    long stream = groupBytes * apart;
    IntVector signs = IntVector.broadcast(INTS, 0x80808080);
    IntVector upper = IntVector.broadcast(INTS, 0xffff0000);
    for (int r = 0; r < groups; r++) {
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector sumA = FloatVector.zero(FLOATS);
        FloatVector sumB = sumA;
        long at = (group + r) * groupBytes + Integer.BYTES * g;
        for (int j = 0; j < columns; j += Blocks.COLUMNS) {
          int second = j / Blocks.COLUMNS & 1;
          long span = at + (long) (j / Blocks.SPAN) * SPAN_BYTES;
          long o0 = span + Blocks.LINE + second * BLOCK_BYTES;
          long o1 = o0 + stream;
          FloatVector a = FloatVector.zero(FLOATS);
          FloatVector b = a;
          FloatVector a2 = a;
          FloatVector b2 = a;
          for (int k = 0; k < Blocks.COLUMNS; k += WORD) {
            IntVector v = Lanes.ints(data, o0 + k * (Blocks.LINE / WORD)).lanewise(XOR, signs);
            IntVector w = Lanes.ints(data, o1 + k * (Blocks.LINE / WORD)).lanewise(XOR, signs);
            FloatVector y = FloatVector.broadcast(FLOATS, x[j + k]);
            a = ((FloatVector) v.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, a);
            b = ((FloatVector) w.lanewise(LSHL, 24).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, b);
            y = FloatVector.broadcast(FLOATS, x[j + k + 1]);
            a2 = ((FloatVector) v.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, a2);
            b2 = ((FloatVector) w.lanewise(LSHL, 16).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, b2);
            y = FloatVector.broadcast(FLOATS, x[j + k + 2]);
            a = ((FloatVector) v.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, a);
            b = ((FloatVector) w.lanewise(LSHL, 8).lanewise(ASHR, 24).convert(I2F, 0)).fma(y, b);
            y = FloatVector.broadcast(FLOATS, x[j + k + 3]);
            a2 = ((FloatVector) v.lanewise(ASHR, 24).convert(I2F, 0)).fma(y, a2);
            b2 = ((FloatVector) w.lanewise(ASHR, 24).convert(I2F, 0)).fma(y, b2);
          }
          int shift = 16 - 16 * second;
          FloatVector scaleA = Lanes.ints(data, span).lanewise(LSHL, shift).lanewise(AND, upper).reinterpretAsFloats();
          FloatVector scaleB = Lanes.ints(data, span + stream).lanewise(LSHL, shift).lanewise(AND, upper)
              .reinterpretAsFloats();
          sumA = a.add(a2).fma(scaleA, sumA);
          sumB = b.add(b2).fma(scaleB, sumB);
          VarHandle.loadLoadFence(); // no instruction; keeps the compiler from reversing the order of the loads
        }
        sumA.intoArray(lanes, g);
        sumB.intoArray(lanes, SUM + g);
      }
      range.store(p, group + r, 0);
      range.store(p, group + r + apart, SUM);
    }
  }

  private ByteRows() {}
}
