package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Transposed;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * F32, BF16 and F16, turned round, times a vector. Rows are added, each times its number of x, to sums that stay in the
 * cache. Four rows at a time, a quarter of the matrix apart, make four long streams through memory and one pass over the
 * sums. Every column is summed by itself, so neither ranges nor the width of vectors change a bit. Rows lie in the memory as
 * {@link Matrix} has proven; sizes of x and y: {@code Engine.multiplyTransposed}.
 */
final class TransposedRows {
  /** Columns whose sums stay in the cache. */
  private static final int CHUNK = 4096;

  /** The columns {@code from .. to - 1}. */
  static void multiply(Transposed p, int from, int to) {
    Arrays.fill(p.y, p.yAt + from, p.yAt + to, 0);
    int quarter = p.w.rows() / 4;
    for (int first = from; first < to; first += CHUNK) {
      int end = Math.min(to, first + CHUNK);
      for (int r = 0; r < quarter; r++) add(p, r, quarter, first, end);
      for (int r = 4 * quarter; r < p.w.rows(); r++) tail(p, r, first, end);
    }
  }

  private static void add(Transposed p, int row, int apart, int first, int end) {
    int whole = first + (end - first) / COUNT * COUNT;
    switch (p.w) {
      case Matrix.F32 _ -> singles(p, row, apart, first, whole);
      case Matrix.BF16 _ -> brains(p, row, apart, first, whole);
      case Matrix.F16 _ -> halves(p, row, apart, first, whole);
      case Matrix.Quantized _ -> throw new IllegalArgumentException("quantised");
    }
    for (int i = 0; i < 4 && whole < end; i++) tail(p, row + i * apart, whole, end);
  }

  private static void singles(Transposed p, int row, int apart, int first, int end) {
    MemorySegment data = p.w.data();
    float[] y = p.y;
    FloatVector a = factor(p, row);
    FloatVector b = factor(p, row + apart);
    FloatVector c = factor(p, row + 2 * apart);
    FloatVector d = factor(p, row + 3 * apart);
    long o0 = row * p.w.rowBytes();
    long stream = apart * p.w.rowBytes();
    long o1 = o0 + stream;
    long o2 = o1 + stream;
    long o3 = o2 + stream;
    for (int i = first; i < end; i += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, p.yAt + i);
      sum = Lanes.floats(data, o0 + 4L * i).fma(a, sum);
      sum = Lanes.floats(data, o1 + 4L * i).fma(b, sum);
      sum = Lanes.floats(data, o2 + 4L * i).fma(c, sum);
      Lanes.floats(data, o3 + 4L * i).fma(d, sum).intoArray(y, p.yAt + i);
    }
  }

  private static void brains(Transposed p, int row, int apart, int first, int end) {
    MemorySegment data = p.w.data();
    float[] y = p.y;
    FloatVector a = factor(p, row);
    FloatVector b = factor(p, row + apart);
    FloatVector c = factor(p, row + 2 * apart);
    FloatVector d = factor(p, row + 3 * apart);
    long o0 = row * p.w.rowBytes();
    long stream = apart * p.w.rowBytes();
    long o1 = o0 + stream;
    long o2 = o1 + stream;
    long o3 = o2 + stream;
    for (int i = first; i < end; i += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, p.yAt + i);
      sum = Decoder.brains(data, o0 + 2L * i).fma(a, sum);
      sum = Decoder.brains(data, o1 + 2L * i).fma(b, sum);
      sum = Decoder.brains(data, o2 + 2L * i).fma(c, sum);
      Decoder.brains(data, o3 + 2L * i).fma(d, sum).intoArray(y, p.yAt + i);
    }
  }

  private static void halves(Transposed p, int row, int apart, int first, int end) {
    MemorySegment data = p.w.data();
    float[] y = p.y;
    FloatVector a = factor(p, row);
    FloatVector b = factor(p, row + apart);
    FloatVector c = factor(p, row + 2 * apart);
    FloatVector d = factor(p, row + 3 * apart);
    long o0 = row * p.w.rowBytes();
    long stream = apart * p.w.rowBytes();
    long o1 = o0 + stream;
    long o2 = o1 + stream;
    long o3 = o2 + stream;
    for (int i = first; i < end; i += COUNT) {
      FloatVector sum = FloatVector.fromArray(FLOATS, y, p.yAt + i);
      sum = Decoder.halves(data, o0 + 2L * i).fma(a, sum);
      sum = Decoder.halves(data, o1 + 2L * i).fma(b, sum);
      sum = Decoder.halves(data, o2 + 2L * i).fma(c, sum);
      Decoder.halves(data, o3 + 2L * i).fma(d, sum).intoArray(y, p.yAt + i);
    }
  }

  private static FloatVector factor(Transposed p, int row) {
    return FloatVector.broadcast(FLOATS, p.x[p.xAt + row]);
  }

  /** Some columns of one row, one by one. */
  private static void tail(Transposed p, int row, int first, int end) {
    float factor = p.x[p.xAt + row];
    long origin = row * p.w.rowBytes();
    for (int c = first; c < end; c++) p.y[p.yAt + c] = Math.fma(weight(p.w, origin, c), factor, p.y[p.yAt + c]);
  }

  private static float weight(Matrix w, long origin, int column) {
    return switch (w) {
      case Matrix.F32 _ -> w.data().get(Lanes.FLOAT, origin + 4L * column);
      case Matrix.BF16 _ -> Float.intBitsToFloat(w.data().get(Lanes.SHORT, origin + 2L * column) << 16);
      case Matrix.F16 _ -> Float.float16ToFloat(w.data().get(Lanes.SHORT, origin + 2L * column));
      case Matrix.Quantized _ -> throw new IllegalArgumentException("quantised");
    };
  }

  private TransposedRows() {}
}
