package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The reference: plain Java, for reading, for checking the vector kernels, and for JVMs without the Vector API. The JVM checks every index. */
public final class ScalarKernels implements Kernels {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Added to a small number and taken away again, rounds it, half to even. */
  static final float ROUNDER = 0x1.8p23f;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void decode(Matrix w, int row, float[] into, int at) {
    decode(w, row, 0, w.columns(), into, at);
  }

  /** The columns {@code first .. end - 1} of a row; {@code first} is a multiple of {@link Blocks#SPAN}. */
  private static void decode(Matrix w, int row, int first, int end, float[] into, int at) {
    MemorySegment data = w.data();
    int n = end - first;
    switch (w) {
      case Matrix.F32 _ -> MemorySegment.copy(data, FLOAT, row * w.rowBytes() + 4L * first, into, at, n);
      case Matrix.BF16 _ -> {
        long from = row * w.rowBytes() + 2L * first;
        for (int i = 0; i < n; i++) into[at + i] = Float.intBitsToFloat(data.get(SHORT, from + 2L * i) << 16);
      }
      case Matrix.F16 _ -> {
        long from = row * w.rowBytes() + 2L * first;
        for (int i = 0; i < n; i++) into[at + i] = Float.float16ToFloat(data.get(SHORT, from + 2L * i));
      }
      case Matrix.Quantized q -> ScalarBlocks.decode(q, row, first, end, into, at);
    }
  }

  @Override
  public void arrange(Matrix w, float[] x, int at, Arranged arranged) {
    if (w instanceof Matrix.Q4) arranged.round(x, at, w.columns());
    else System.arraycopy(x, at, arranged.floats(w.columns()), 0, w.columns());
  }

  @Override
  public void multiply(MatrixVector p, int from, int to) {
    if (p.w instanceof Matrix.Q4 q) ScalarBlocks.multiply(p, q, from, to);
    else for (int r = from; r < to; r++) p.y[p.yAt + r] = dot(p, r);
  }

  @Override
  public void multiply(Transposed p, int from, int to) {
    Arrays.fill(p.y, p.yAt + from, p.yAt + to, 0);
    float[] row = p.working(to - from);
    for (int r = 0; r < p.w.rows(); r++) {
      decode(p.w, r, from, to, row, 0);
      for (int c = from; c < to; c++) p.y[p.yAt + c] += p.x[p.xAt + r] * row[c - from];
    }
  }

  private float dot(MatrixVector p, int r) {
    float[] row = p.room(p.w.columns());
    decode(p.w, r, row, 0);
    return dot(row, p.x.floats, p.w.columns());
  }

  /** Four sums in flight: one alone would wait for each addition to end before the next. */
  private static float dot(float[] a, float[] b, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) s0 += a[i] * b[i];
    return (s0 + s2) + (s1 + s3);
  }

  /**
   * Row by row of the left, four of the right at a time. These are arrays of their own, and the sum too, all from index 0 on:
   * the compiler makes vector code of a loop over several arrays only if it can tell that they do not overlap, and it can
   * where the index is the same.
   */
  @Override
  public void multiply(Product p) {
    float[][] right = p.unpacked();
    float[] sum = right[p.depth];
    for (int r = 0; r < p.rows; r++) {
      Arrays.fill(sum, 0, p.width, 0);
      int left = p.leftAt + r * p.leftStride;
      int k = 0;
      for (; k <= p.depth - 4; k += 4) addFour(p, left + k, k, sum);
      for (; k < p.depth; k++) addOne(p.left[left + k], right[k], p.width, sum);
      System.arraycopy(sum, 0, p.result, p.resultAt + r * p.resultStride, p.width);
    }
  }

  private static void addFour(Product p, int left, int k, float[] sum) {
    float[][] right = p.unpacked;
    int width = p.width;
    float f0 = p.left[left];
    float f1 = p.left[left + 1];
    float f2 = p.left[left + 2];
    float f3 = p.left[left + 3];
    float[] r0 = right[k];
    float[] r1 = right[k + 1];
    float[] r2 = right[k + 2];
    float[] r3 = right[k + 3];
    for (int i = 0; i < width; i++) sum[i] += (f0 * r0[i] + f1 * r1[i]) + (f2 * r2[i] + f3 * r3[i]);
  }

  private static void addOne(float factor, float[] right, int width, float[] sum) {
    for (int i = 0; i < width; i++) sum[i] += factor * right[i];
  }

  @Override
  public float score(float[] x, int from, int to, AttentionShape shape, float[] lanes) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      float score = x[i] * shape.scale();
      x[i] = shape.softCap() > 0 ? shape.softCap() * (float) Math.tanh(score / shape.softCap()) : score;
      max = Math.max(max, x[i]);
    }
    return max;
  }

  @Override
  public float exponentiate(float[] x, int from, int to, float highest, float[] lanes) {
    double sum = 0;
    for (int i = from; i < to; i++) sum += x[i] = (float) Math.exp(x[i] - highest);
    return (float) sum;
  }

  @Override
  public double sumOfExponentials(float[] x, double highest, double temperature) {
    return Exponential.sum(x, highest, temperature);
  }

  @Override
  public double dot(float[] a, int aAt, float[] b, int bAt, int n) {
    double[] lanes = new double[Exponential.LANES];
    for (int i = 0; i < n; i++) lanes[i % lanes.length] += (double) a[aAt + i] * b[bAt + i];
    return Exponential.total(lanes);
  }

  @Override
  public int firstAbove(float[] x, int from, int to, float bound) {
    int i = from;
    while (i < to && x[i] <= bound) i++;
    return i;
  }

  @Override
  public int rank(float[] x, int from, int to, int place) {
    int before = 0;
    for (int i = from; i < place; i++) if (x[i] >= x[place]) before++;
    for (int i = place + 1; i < to; i++) if (x[i] > x[place]) before++;
    return before;
  }

  @Override
  public void normalize(Norm norm, float[] x, float[] y, int at, float[] lanes) {
    float[] weight = norm.weight();
    float[] bias = norm.bias();
    double mean = norm.kind() == Norm.Kind.LAYER ? mean(x, at, weight.length) : 0;
    double squares = 0;
    for (int i = 0; i < weight.length; i++) squares += (x[at + i] - mean) * (x[at + i] - mean);
    double factor = 1 / Math.sqrt(squares / weight.length + norm.epsilon());
    for (int i = 0; i < weight.length; i++) {
      double v = (x[at + i] - mean) * factor * weight[i];
      y[at + i] = (float) (bias == null ? v : v + bias[i]);
    }
  }

  private static double mean(float[] x, int at, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += x[at + i];
    return sum / n;
  }

  @Override
  public void rotate(float[] x, int at, RotaryTable table, int position) {
    int pairs = table.pairs();
    for (int i = 0; i < pairs; i++) {
      float cos = table.cos()[position * pairs + i];
      float sin = table.sin()[position * pairs + i];
      float a = x[at + i];
      float b = x[at + pairs + i];
      x[at + i] = a * cos - b * sin;
      x[at + pairs + i] = b * cos + a * sin;
    }
  }

  @Override
  public void activate(Activation f, float[] x, int from, int to, float[] lanes) {
    for (int i = from; i < to; i++) x[i] = (float) activate(f, x[i]);
  }

  private static double activate(Activation f, double x) {
    return switch (f) {
      case SILU -> x / (1 + Math.exp(-x));
      case GELU -> x * (x < 0 ? Erf.complement(-x * Math.sqrt(0.5)) : 2 - Erf.complement(x * Math.sqrt(0.5))) / 2;
      case GELU_TANH -> x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      case RELU -> Math.max(0, x);
    };
  }

  @Override
  public void add(float[] x, int from, float[] into, int at, int n) {
    for (int i = 0; i < n; i++) into[at + i] += x[from + i];
  }

  @Override
  public void multiply(float[] x, float[] into, int from, int to) {
    for (int i = from; i < to; i++) into[i] *= x[i];
  }

  @Override
  public void cap(float[] x, float cap, int from, int to, float[] lanes) {
    for (int i = from; i < to; i++) x[i] = cap * (float) Math.tanh(x[i] / cap);
  }

  @Override
  public void scale(float[] x, float factor, int from, int to) {
    for (int i = from; i < to; i++) x[i] *= factor;
  }

  @Override
  public void roundingErrors(float[] weights, float[] inverse, int zero, float[] errors) {
    Arrays.fill(errors, 0);
    for (int i = 0; i < weights.length; i++) {
      int r = i % Blocks.ROWS;
      float exact = weights[i] * inverse[r];
      float off = exact - Math.clamp(exact + ROUNDER - ROUNDER, -zero, zero - 1);
      errors[r] += off * off;
    }
  }
}
