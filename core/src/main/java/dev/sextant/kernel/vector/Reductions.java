package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Functions.constant;
import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Tiles.load;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Norm;
import jdk.incubator.vector.FloatVector;

/** Attention's exponentials and norms: what each number becomes depends on a maximum or a sum over a piece. */
final class Reductions {
  static float score(float[] x, int from, int to, AttentionShape shape, float[] lanes) {
    float cap = shape.softCap();
    if (cap > 0) Elementwise.cap(x, shape.scale() / cap, cap, from, to, lanes);
    else Elementwise.scale(x, shape.scale(), from, to);
    return max(x, from, to);
  }

  /** NaN if there is one. */
  private static float max(float[] x, int from, int to) {
    FloatVector max = constant(Float.NEGATIVE_INFINITY);
    int i = from;
    for (; i <= to - COUNT; i += COUNT) max = max.max(load(x, i));
    float result = max.reduceLanes(MAX);
    for (; i < to; i++) result = Math.max(result, x[i]);
    return result;
  }

  static float exponentiate(float[] x, int from, int to, float highest, float[] lanes) {
    replace(x, from, to, highest, lanes);
    return sum(x, from, to, lanes);
  }

  /**
   * One call of exp in the code: with two the compiler's budget ends in the middle, and the rest is boxed. The last, partly
   * filled vector is computed in {@code lanes}, by the same code, so to the same bits.
   */
  private static void replace(float[] x, int from, int to, float max, float[] lanes) {
    FloatVector highest = constant(max);
    for (int i = from; i < to; i += COUNT) {
      boolean whole = i <= to - COUNT;
      if (!whole) System.arraycopy(x, i, lanes, 0, to - i);
      float[] data = whole ? x : lanes;
      int at = whole ? i : 0;
      Functions.exp(load(data, at).sub(highest)).intoArray(data, at);
      if (!whole) System.arraycopy(lanes, 0, x, i, to - i);
    }
  }

  private static float sum(float[] x, int from, int to, float[] lanes) {
    int whole = from + (to - from) / SUM * SUM;
    for (int g = 0; g < SUM; g += COUNT) {
      FloatVector sum = constant(0);
      for (int i = from + g; i < whole; i += SUM) sum = sum.add(load(x, i));
      sum.intoArray(lanes, g);
    }
    float total = Lanes.sum(lanes, 0);
    for (int i = whole; i < to; i++) total += x[i];
    return total;
  }

  static void normalize(Norm norm, float[] x, float[] y, int at, float[] lanes) {
    int n = norm.weight().length;
    float mean = norm.kind() == Norm.Kind.LAYER ? sum(x, at, at + n, lanes) / n : 0;
    double meanSquare = squares(x, at, at + n, mean, lanes) / (double) n;
    float factor = (float) (1 / Math.sqrt(meanSquare + norm.epsilon()));
    shiftAndScale(x, y, at, n, mean, factor);
    weigh(norm, y, at);
  }

  private static void shiftAndScale(float[] x, float[] y, int at, int n, float mean, float factor) {
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) load(x, at + i).sub(mean).mul(factor).intoArray(y, at + i);
    for (; i < n; i++) y[at + i] = (x[at + i] - mean) * factor;
  }

  private static void weigh(Norm norm, float[] y, int at) {
    float[] weight = norm.weight();
    float[] bias = norm.bias();
    int n = weight.length;
    int i = 0;
    if (bias == null) {
      for (; i <= n - COUNT; i += COUNT) load(y, at + i).mul(load(weight, i)).intoArray(y, at + i);
      for (; i < n; i++) y[at + i] *= weight[i];
    } else {
      for (; i <= n - COUNT; i += COUNT) load(y, at + i).mul(load(weight, i)).add(load(bias, i)).intoArray(y, at + i);
      for (; i < n; i++) y[at + i] = y[at + i] * weight[i] + bias[i];
    }
  }

  private static float squares(float[] x, int from, int to, float mean, float[] lanes) {
    int whole = from + (to - from) / SUM * SUM;
    for (int g = 0; g < SUM; g += COUNT) {
      FloatVector sum = constant(0);
      for (int i = from + g; i < whole; i += SUM) {
        FloatVector v = load(x, i).sub(mean);
        sum = v.fma(v, sum);
      }
      sum.intoArray(lanes, g);
    }
    float total = Lanes.sum(lanes, 0);
    for (int i = whole; i < to; i++) total += (x[i] - mean) * (x[i] - mean);
    return total;
  }

  private Reductions() {}
}
