package dev.sextant.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;

/** The definitions, in float64 and the plainest of loops, and random numbers to try them on. */
final class Naive {
  enum Format {
    F32, BF16, F16, Q8, Q4;

    boolean isQuantized() {
      return this == Q8 || this == Q4;
    }
  }

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Standard normal numbers, misaligned by two bytes: a mapped file promises no alignment. */
  static Matrix matrix(Format format, int rows, int columns, long seed) {
    return matrix(format, columns, numbers(rows * columns, seed));
  }

  static Matrix matrix(Format format, int columns, float... weights) {
    if (format.isQuantized()) return quantized(format, matrix(Format.F32, columns, weights));
    int bytes = format == Format.F32 ? 4 : 2;
    MemorySegment data = Arena.ofAuto().allocate((long) weights.length * bytes + 2).asSlice(2);
    for (int i = 0; i < weights.length; i++) {
      switch (format) {
        case F32 -> data.set(FLOAT, 4L * i, weights[i]);
        case BF16 -> data.set(SHORT, 2L * i, (short) (Float.floatToRawIntBits(weights[i]) >>> 16));
        case F16 -> data.set(SHORT, 2L * i, Float.floatToFloat16(weights[i]));
        case Q8, Q4 -> throw new AssertionError("handled above");
      }
    }
    return wrap(format, data, weights.length / columns, columns);
  }

  static Matrix wrap(Format format, MemorySegment data, int rows, int columns) {
    return switch (format) {
      case F32 -> new Matrix.F32(data, rows, columns);
      case BF16 -> new Matrix.BF16(data, rows, columns);
      case F16 -> new Matrix.F16(data, rows, columns);
      case Q8 -> new Matrix.Q8(data, rows, columns);
      case Q4 -> new Matrix.Q4(data, rows, columns);
    };
  }

  static Matrix.Quantized quantized(Format format, Matrix from) {
    MemorySegment data = Arena.ofAuto()
        .allocate(Blocks.bytes(format == Format.Q8 ? 8 : 4, from.rows(), from.columns()));
    Matrix.Quantized to = (Matrix.Quantized) wrap(format, data, from.rows(), from.columns());
    new Packing(Kernels.scalar(), from, to).run(0, 1);
    return to;
  }

  /** x as it is multiplied by a matrix: rounded, block by block, where that is Q4. */
  private static double x(Matrix w, float[] x, int at, int i) {
    if (!(w instanceof Matrix.Q4)) return x[at + i];
    float max = 0;
    int block = i / 32 * 32;
    for (int k = block; k < Math.min(block + 32, w.columns()); k++) max = Math.max(max, Math.abs(x[at + k]));
    return max / 127 < Float.MIN_NORMAL ? 0 : Math.rint(x[at + i] * (127 / max)) * (max / 127);
  }

  static float[] numbers(int n, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) numbers[i] = (float) random.nextGaussian();
    return numbers;
  }

  static Rows rows(int rows, int width, long seed) {
    Rows x = new Rows(width).resize(rows);
    System.arraycopy(numbers(rows * width, seed), 0, x.data(), 0, rows * width);
    return x;
  }

  static float weight(Matrix w, int row, int column) {
    long i = (long) row * w.columns() + column;
    return switch (w) {
      case Matrix.F32 m -> m.data().get(FLOAT, 4 * i);
      case Matrix.BF16 m -> Float.intBitsToFloat(m.data().get(SHORT, 2 * i) << 16);
      case Matrix.F16 m -> Float.float16ToFloat(m.data().get(SHORT, 2 * i));
      case Matrix.Quantized m -> quantizedWeight(m, row, column);
    };
  }

  /** By the layout in words: groups of 16 rows, spans of 64 columns, a line of scales, lines of levels. */
  private static float quantizedWeight(Matrix.Quantized w, int row, int column) {
    int spanBytes = w instanceof Matrix.Q8 ? 1088 : 576;
    long span = (row / 16 * (long) ((w.columns() + 63) / 64) + column / 64) * spanBytes;
    short scale = w.data().get(SHORT, span + row % 16 * 4 + column % 64 / 32 * 2);
    int inSpan = column % 64;
    int level;
    if (w instanceof Matrix.Q8) {
      level = (w.data().get(ValueLayout.JAVA_BYTE, span + 64 + inSpan / 4 * 64 + row % 16 * 4 + inSpan % 4) & 255)
          - 128;
    } else {
      byte two = w.data().get(ValueLayout.JAVA_BYTE, span + 64 + inSpan / 8 * 64 + row % 16 * 4 + inSpan % 8 / 2);
      level = (inSpan % 2 == 0 ? two & 15 : two >> 4 & 15) - 8;
    }
    return level * Float.intBitsToFloat(scale << 16);
  }

  static double dot(Matrix w, int row, float[] x, int at) {
    double sum = 0;
    for (int c = 0; c < w.columns(); c++) sum += weight(w, row, c) * x(w, x, at, c);
    return sum;
  }

  /** The sum of the sizes of what {@link #dot} adds up: rounding errors are in proportion to it. */
  static double dotSize(Matrix w, int row, float[] x, int at) {
    double sum = 0;
    for (int c = 0; c < w.columns(); c++) sum += Math.abs(weight(w, row, c) * x(w, x, at, c));
    return sum;
  }

  static double[] softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double s : scores) max = Math.max(max, s);
    double sum = 0;
    double[] p = new double[scores.length];
    for (int i = 0; i < p.length; i++) sum += p[i] = Math.exp(scores[i] - max);
    for (int i = 0; i < p.length; i++) p[i] /= sum;
    return p;
  }

  static double activate(Activation f, double x) {
    return switch (f) {
      case SILU -> x / (1 + Math.exp(-x));
      case GELU -> x * erfc(-x * Math.sqrt(0.5)) / 2;
      case GELU_TANH -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case RELU -> Math.max(0, x);
    };
  }

  /** By the power series near 0, by the continued fraction further out. */
  static double erfc(double z) {
    if (z < 0) return 2 - erfc(-z);
    if (z < 2.5) {
      double sum = z;
      double term = z;
      for (int k = 1; k < 200; k++) {
        term *= -z * z / k;
        sum += term / (2 * k + 1);
      }
      return 1 - sum * 2 / Math.sqrt(Math.PI);
    }
    double f = 0;
    for (int k = 80; k >= 1; k--) f = k / 2.0 / (z + f);
    return Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + f);
  }

  /**
   * Attention of one head of one token.
   *
   * @param query [headWidth] from {@code at} on
   * @param keys one row [keyValueHeads * headWidth] per position
   * @return the mixed value [headWidth], then the probabilities [positions]
   */
  static double[] attend(AttentionShape shape, float[] query, int at, Rows keys, Rows values, int head, int end) {
    int width = shape.headWidth();
    int column = head / (shape.heads() / shape.keyValueHeads()) * width;
    int begin = Math.max(0, end - shape.window());
    double[] scores = new double[end - begin];
    for (int s = begin; s < end; s++) {
      double dot = 0;
      for (int i = 0; i < width; i++) dot += (double) query[at + i] * keys.data()[keys.at(s) + column + i];
      double score = dot * shape.scale();
      scores[s - begin] = shape.softCap() > 0 ? shape.softCap() * Math.tanh(score / shape.softCap()) : score;
    }
    double[] p = softmax(scores);
    double[] result = new double[width + keys.rows()];
    for (int s = begin; s < end; s++) {
      result[width + s] = p[s - begin];
      for (int i = 0; i < width; i++) result[i] += p[s - begin] * values.data()[values.at(s) + column + i];
    }
    return result;
  }

  private Naive() {}
}
