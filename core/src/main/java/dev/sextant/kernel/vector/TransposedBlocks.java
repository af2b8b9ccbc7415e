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

import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Transposed;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Q8 and Q4, turned round, times a vector of floats. A lane holds a row of each group, so a column's sum runs in 16 lanes
 * that stay in the cache and are added up at the end. Four groups at a time, a quarter of the matrix apart, share a pass over
 * the sums.
 */
final class TransposedBlocks {
  /** Spans of columns whose sums, 16 each, stay in the cache. */
  private static final int CHUNK = 8;
  private static final int SPAN_SUMS = Blocks.SPAN * SUM;
  private static final int CHUNK_SUMS = CHUNK * SPAN_SUMS;

  /** The columns {@code from .. to - 1}. */
  static void multiply(Transposed p, Matrix.Quantized w, int from, int to) {
    int groups = Math.ceilDiv(w.rows(), Blocks.ROWS);
    float[] working = p.working(CHUNK_SUMS + groups * Blocks.ROWS);
    System.arraycopy(p.x, p.xAt, working, CHUNK_SUMS, w.rows());
    Arrays.fill(working, CHUNK_SUMS + w.rows(), CHUNK_SUMS + groups * Blocks.ROWS, 0);
    for (int first = from; first < to; first += CHUNK * Blocks.SPAN) {
      int end = Math.min(to, first + CHUNK * Blocks.SPAN);
      int spans = Math.ceilDiv(end - first, Blocks.SPAN);
      Arrays.fill(working, 0, spans * SPAN_SUMS, 0);
      int quarter = groups / 4;
      for (int g = 0; g < quarter; g++) add(w, g, quarter, first, spans, working);
      for (int g = 4 * quarter; g < groups; g++) add(w, g, 0, first, spans, working);
      for (int c = first; c < end; c++) p.y[p.yAt + c] = Lanes.sum(working, (c - first) * SUM);
    }
  }

  /** The groups {@code group}, {@code group + apart} and so on, four of them, or one if {@code apart} is 0. */
  private static void add(Matrix.Quantized w, int group, int apart, int first, int spans, float[] working) {
    long groupBytes = w.rowBytes() * Blocks.ROWS;
    int spanBytes = Blocks.spanBytes(w.bits());
    long at = group * groupBytes + (long) (first / Blocks.SPAN) * spanBytes;
    for (int span = 0; span < spans; span++, at += spanBytes) {
      for (int half = 0; half < 2; half++) {
        int sums = (span * Blocks.SPAN + half * Blocks.COLUMNS) * SUM;
        for (int i = 0; i < (apart > 0 ? 4 : 1); i++)
          half(w, at + i * apart * groupBytes, half, CHUNK_SUMS + (group + i * apart) * Blocks.ROWS, sums, working);
      }
    }
  }

  /** One half of a span of one group. */
  private static void half(Matrix.Quantized w, long span, int half, int x, int sums, float[] working) {
    MemorySegment data = w.data();
    int bits = w.bits();
    int lineBytes = Blocks.COLUMNS * bits / Integer.SIZE * Blocks.LINE;
    int word = Integer.SIZE / bits;
    int signs = bits == Byte.SIZE ? 0x80808080 : 0x88888888;
    for (int g = 0; g < SUM; g += COUNT) {
      long at = span + Integer.BYTES * g;
      FloatVector factor = Lanes.ints(data, at).lanewise(LSHL, 16 - 16 * half).lanewise(AND, 0xffff0000)
          .reinterpretAsFloats().mul(FloatVector.fromArray(FLOATS, working, x + g));
      long levels = at + Blocks.LINE + half * lineBytes;
      int into = sums + g;
      for (int line = 0; line < lineBytes; line += Blocks.LINE) {
        IntVector v = Lanes.ints(data, levels + line).lanewise(XOR, signs);
        for (int k = 1; k <= word; k++, into += SUM) {
          IntVector level = v.lanewise(LSHL, Integer.SIZE - bits * k).lanewise(ASHR, Integer.SIZE - bits);
          FloatVector sum = FloatVector.fromArray(FLOATS, working, into);
          ((FloatVector) level.convert(I2F, 0)).fma(factor, sum).intoArray(working, into);
        }
      }
    }
  }

  private TransposedBlocks() {}
}
