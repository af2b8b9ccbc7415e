package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Functions.constant;
import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Tiles.load;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Norm;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Attention's exponentials and norms: what each number becomes depends on a maximum or a sum over a piece. */
final class Reductions {
  static float score(float[] x, int from, int to, AttentionShape shape, float[] lanes) {
    float cap = shape.softCap();
    if (cap > 0) Elementwise.cap(x, shape.scale() / cap, cap, from, to, lanes);
    return scaleToMax(x, cap > 0 ? 1 : shape.scale(), from, to);
  }

  /** Scales, and gives the highest: NaN if there is one. */
  private static float scaleToMax(float[] x, float scale, int from, int to) {
    FloatVector factor = constant(scale);
    FloatVector max = constant(Float.NEGATIVE_INFINITY);
    int i = from;
    for (; i <= to - COUNT; i += COUNT) {
      FloatVector v = load(x, i).mul(factor);
      v.intoArray(x, i);
      max = max.max(v);
    }
    float result = max.reduceLanes(MAX);
    for (; i < to; i++) result = Math.max(result, x[i] *= scale);
    return result;
  }

  /**
   * The numbers behind the last whole 16 are filled up and computed in the lanes 16 to 31, by the same code, so to the same
   * bits. It calls exp in one place: with two the compiler's budget ends in the middle, and the rest is boxed.
   */
  static float exponentiate(float[] x, int from, int to, float highest, float[] lanes) {
    int whole = from + (to - from) / SUM * SUM;
    float total = 0;
    for (boolean filledUp = false;; filledUp = true) {
      if (filledUp) {
        Arrays.fill(lanes, SUM, 2 * SUM, Float.NEGATIVE_INFINITY);
        System.arraycopy(x, whole, lanes, SUM, to - whole);
      }
      exponentiateWhole(filledUp ? lanes : x, filledUp ? SUM : from, filledUp ? 2 * SUM : whole, highest, lanes);
      total += Lanes.sum(lanes, 0);
      if (filledUp) System.arraycopy(lanes, SUM, x, whole, to - whole);
      if (filledUp || whole == to) return total;
    }
  }

  /** Leaves the sums in the lanes 0 to 15. */
  private static void exponentiateWhole(float[] x, int from, int to, float highest, float[] lanes) {
    FloatVector max = constant(highest);
    for (int g = 0; g < SUM; g += COUNT) {
      FloatVector sum = constant(0);
      for (int i = from + g; i < to; i += SUM) {
        FloatVector e = Functions.exp(load(x, i).sub(max));
        e.intoArray(x, i);
        sum = sum.add(e);
      }
      sum.intoArray(lanes, g);
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
