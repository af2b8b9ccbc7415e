package dev.sextant.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;

/** The definitions, in float64 and the plainest of loops, and random numbers to try them on. */
final class Naive {
  enum Format {
    F32, BF16, F16
  }

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Standard normal numbers, misaligned by two bytes: a mapped file promises no alignment. */
  static Matrix matrix(Format format, int rows, int columns, long seed) {
    return matrix(format, columns, numbers(rows * columns, seed));
  }

  static Matrix matrix(Format format, int columns, float... weights) {
    int bytes = format == Format.F32 ? 4 : 2;
    MemorySegment data = Arena.ofAuto().allocate((long) weights.length * bytes + 2).asSlice(2);
    for (int i = 0; i < weights.length; i++) {
      switch (format) {
        case F32 -> data.set(FLOAT, 4L * i, weights[i]);
        case BF16 -> data.set(SHORT, 2L * i, (short) (Float.floatToRawIntBits(weights[i]) >>> 16));
        case F16 -> data.set(SHORT, 2L * i, Float.floatToFloat16(weights[i]));
      }
    }
    return wrap(format, data, weights.length / columns, columns);
  }

  static Matrix wrap(Format format, MemorySegment data, int rows, int columns) {
    return switch (format) {
      case F32 -> new Matrix.F32(data, rows, columns);
      case BF16 -> new Matrix.BF16(data, rows, columns);
      case F16 -> new Matrix.F16(data, rows, columns);
    };
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
    };
  }

  static double dot(Matrix w, int row, float[] x, int at) {
    double sum = 0;
    for (int c = 0; c < w.columns(); c++) sum += (double) weight(w, row, c) * x[at + c];
    return sum;
  }

  /** The sum of the sizes of what {@link #dot} adds up: rounding errors are in proportion to it. */
  static double dotSize(Matrix w, int row, float[] x, int at) {
    double sum = 0;
    for (int c = 0; c < w.columns(); c++) sum += Math.abs((double) weight(w, row, c) * x[at + c]);
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
