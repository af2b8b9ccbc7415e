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
 * the sums. Bounds as in {@link ByteRows} and {@link TransposedRows}.
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
      for (int g = 0; g < quarter; g++) four(w, g, quarter, first, spans, working);
      for (int g = 4 * quarter; g < groups; g++) one(w, g, first, spans, working);
      for (int c = first; c < end; c++) p.y[p.yAt + c] = Lanes.sum(working, (c - first) * SUM);
    }
  }

  /** Adds the groups {@code group}, {@code group + apart} and so on, half a span of columns after the other. */
  private static void four(Matrix.Quantized w, int group, int apart, int first, int spans, float[] working) {
    MemorySegment data = w.data();
    int bits = w.bits();
    int cut = Integer.SIZE - bits;
    int lines = lineBytes(bits);
    int signs = signs(bits);
    long stream = apart * w.rowBytes() * Blocks.ROWS;
    int x = CHUNK_SUMS + group * Blocks.ROWS;
    for (int half = 0; half < 2 * spans; half++) {
      long origin = span(w, group, first, half);
      for (int g = 0; g < SUM; g += COUNT) {
        long at = origin + Integer.BYTES * g;
        FloatVector fa = factor(data, at, half, working, x + g);
        FloatVector fb = factor(data, at + stream, half, working, x + apart * Blocks.ROWS + g);
        FloatVector fc = factor(data, at + 2 * stream, half, working, x + 2 * apart * Blocks.ROWS + g);
        FloatVector fd = factor(data, at + 3 * stream, half, working, x + 3 * apart * Blocks.ROWS + g);
        long levels = at + Blocks.LINE + (half & 1) * lines;
        int into = half * Blocks.COLUMNS * SUM + g;
        for (int line = 0; line < lines; line += Blocks.LINE) {
          IntVector a = Lanes.ints(data, levels + line).lanewise(XOR, signs);
          IntVector b = Lanes.ints(data, levels + line + stream).lanewise(XOR, signs);
          IntVector c = Lanes.ints(data, levels + line + 2 * stream).lanewise(XOR, signs);
          IntVector d = Lanes.ints(data, levels + line + 3 * stream).lanewise(XOR, signs);
          for (int shift = cut; shift >= 0; shift -= bits, into += SUM) {
            FloatVector sum = FloatVector.fromArray(FLOATS, working, into);
            sum = ((FloatVector) a.lanewise(LSHL, shift).lanewise(ASHR, cut).convert(I2F, 0)).fma(fa, sum);
            sum = ((FloatVector) b.lanewise(LSHL, shift).lanewise(ASHR, cut).convert(I2F, 0)).fma(fb, sum);
            sum = ((FloatVector) c.lanewise(LSHL, shift).lanewise(ASHR, cut).convert(I2F, 0)).fma(fc, sum);
            sum = ((FloatVector) d.lanewise(LSHL, shift).lanewise(ASHR, cut).convert(I2F, 0)).fma(fd, sum);
            sum.intoArray(working, into);
          }
        }
      }
    }
  }

  /** The same of one group. */
  private static void one(Matrix.Quantized w, int group, int first, int spans, float[] working) {
    MemorySegment data = w.data();
    int bits = w.bits();
    int cut = Integer.SIZE - bits;
    int lines = lineBytes(bits);
    for (int half = 0; half < 2 * spans; half++) {
      for (int g = 0; g < SUM; g += COUNT) {
        long at = span(w, group, first, half) + Integer.BYTES * g;
        FloatVector factor = factor(data, at, half, working, CHUNK_SUMS + group * Blocks.ROWS + g);
        long levels = at + Blocks.LINE + (half & 1) * lines;
        int into = half * Blocks.COLUMNS * SUM + g;
        for (int line = 0; line < lines; line += Blocks.LINE) {
          IntVector v = Lanes.ints(data, levels + line).lanewise(XOR, signs(bits));
          for (int shift = cut; shift >= 0; shift -= bits, into += SUM) {
            FloatVector sum = FloatVector.fromArray(FLOATS, working, into);
            ((FloatVector) v.lanewise(LSHL, shift).lanewise(ASHR, cut).convert(I2F, 0)).fma(factor, sum)
                .intoArray(working, into);
          }
        }
      }
    }
  }

  /** Where the span of a group begins that has half a span, counted from a column on. */
  private static long span(Matrix.Quantized w, int group, int first, int half) {
    return group * w.rowBytes() * Blocks.ROWS + (long) (first / Blocks.SPAN + half / 2) * Blocks.spanBytes(w.bits());
  }

  /** Bytes of the levels of half a span. */
  private static int lineBytes(int bits) {
    return Blocks.COLUMNS * bits / Integer.SIZE * Blocks.LINE;
  }

  /** Turns levels into numbers with a sign: weight 0 becomes 0. */
  private static int signs(int bits) {
    return bits == Byte.SIZE ? 0x80808080 : 0x88888888;
  }

  /** x of each row, scaled as the rows of half a span are. */
  private static FloatVector factor(MemorySegment data, long at, int half, float[] working, int x) {
    return Lanes.ints(data, at).lanewise(LSHL, 16 - 16 * (half & 1)).lanewise(AND, 0xffff0000).reinterpretAsFloats()
        .mul(FloatVector.fromArray(FLOATS, working, x));
  }

  private TransposedBlocks() {}
}
