package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.ORDER;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.sextant.kernel.Arranged;
import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Rows of Q8 times a vector in single precision. A lane holds a row, so each number of x is multiplied with a level of
 * {@value Blocks#ROWS} rows at once. A level is cut out of its word where it stands, which makes it 1, 256 or 65536 times
 * too large; x is divided by that beforehand, which is exact. The levels are 128 too large, so sums begin with -128 times
 * the sum of x.
 *
 * <p>Reads whole groups and spans, which are all there: {@link Blocks} rounds their number up, and {@link Matrix} has proven that
 * the memory has as many. A vector of scales shifted by two bytes ends in the levels behind them.
 */
final class ByteRows {
  /** Columns in a word. */
  private static final int WORD = 4;
  private static final float[] FACTORS = {1, 0x1p-8f, 0x1p-16f, 1};
  /** Numbers for a block: what its sums begin with, then x. */
  private static final int BLOCK = 1 + Blocks.COLUMNS;
  private static final int BLOCK_BYTES = Blocks.COLUMNS / WORD * Blocks.LINE;
  private static final int SPAN_BYTES = Blocks.spanBytes(Byte.SIZE);

  /** For each block what its sums begin with, then its numbers; columns that are not there are 0. */
  static void arrange(float[] x, int at, int n, Arranged into) {
    int blocks = Math.ceilDiv(n, Blocks.COLUMNS);
    float[] floats = into.floats(blocks * BLOCK);
    for (int block = 0; block < blocks; block++) {
      int from = block * Blocks.COLUMNS;
      int to = block * BLOCK;
      float sum = 0;
      for (int i = 0; i < Blocks.COLUMNS; i++) {
        float number = from + i < n ? x[at + from + i] : 0;
        sum += number;
        floats[to + 1 + i] = number * FACTORS[i % WORD];
      }
      floats[to] = -128 * sum;
    }
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
    int blocks = Math.ceilDiv(p.w.columns(), Blocks.COLUMNS);
    long groupBytes = p.w.rowBytes() * Blocks.ROWS;
    long stream = groupBytes * apart;
    IntVector first = IntVector.broadcast(INTS, 0xff);
    IntVector second = IntVector.broadcast(INTS, 0xff00);
    IntVector third = IntVector.broadcast(INTS, 0xff0000);
    for (int r = group; r < group + groups; r++) {
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector sumA = FloatVector.zero(FLOATS);
        FloatVector sumB = sumA;
        long at = r * groupBytes + Integer.BYTES * g;
        for (int block = 0; block < blocks; block++) {
          int f = block * BLOCK;
          long span = at + (block >> 1) * (long) SPAN_BYTES;
          long o = span + Blocks.LINE + (block & 1) * BLOCK_BYTES;
          FloatVector a = FloatVector.broadcast(FLOATS, x[f]);
          FloatVector b = a;
          FloatVector a2 = FloatVector.zero(FLOATS);
          FloatVector b2 = a2;
          for (int k = 0; k < Blocks.COLUMNS; k += WORD) {
            IntVector v = IntVector.fromMemorySegment(INTS, data, o + k * (Blocks.LINE / WORD), ORDER);
            IntVector w = IntVector.fromMemorySegment(INTS, data, o + stream + k * (Blocks.LINE / WORD), ORDER);
            FloatVector y = FloatVector.broadcast(FLOATS, x[f + k + 1]);
            a = ((FloatVector) v.lanewise(AND, first).convert(I2F, 0)).fma(y, a);
            b = ((FloatVector) w.lanewise(AND, first).convert(I2F, 0)).fma(y, b);
            y = FloatVector.broadcast(FLOATS, x[f + k + 2]);
            a2 = ((FloatVector) v.lanewise(AND, second).convert(I2F, 0)).fma(y, a2);
            b2 = ((FloatVector) w.lanewise(AND, second).convert(I2F, 0)).fma(y, b2);
            y = FloatVector.broadcast(FLOATS, x[f + k + 3]);
            a = ((FloatVector) v.lanewise(AND, third).convert(I2F, 0)).fma(y, a);
            b = ((FloatVector) w.lanewise(AND, third).convert(I2F, 0)).fma(y, b);
            y = FloatVector.broadcast(FLOATS, x[f + k + 4]);
            a2 = ((FloatVector) v.lanewise(LSHR, 24).convert(I2F, 0)).fma(y, a2);
            b2 = ((FloatVector) w.lanewise(LSHR, 24).convert(I2F, 0)).fma(y, b2);
          }
          long s = span + (block & 1) * Short.BYTES;
          IntVector scaleA = IntVector.fromMemorySegment(INTS, data, s, ORDER).lanewise(LSHL, 16);
          IntVector scaleB = IntVector.fromMemorySegment(INTS, data, s + stream, ORDER).lanewise(LSHL, 16);
          sumA = a.add(a2).fma(scaleA.reinterpretAsFloats(), sumA);
          sumB = b.add(b2).fma(scaleB.reinterpretAsFloats(), sumB);
        }
        sumA.intoArray(p.lanes, g);
        sumB.intoArray(p.lanes, SUM + g);
      }
      range.store(p, r, 0);
      range.store(p, r + apart, SUM);
    }
  }

  private ByteRows() {}
}
