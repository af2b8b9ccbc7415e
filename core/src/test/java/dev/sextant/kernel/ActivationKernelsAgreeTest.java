package dev.sextant.kernel;

import static dev.sextant.kernel.KernelsAgreeTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel that works on activations alone, scalar and vector, against float64, at awkward lengths. */
class ActivationKernelsAgreeTest {
  private static final int[] LENGTHS = KernelsAgreeTest.LENGTHS;
  private static final double EPSILON = KernelsAgreeTest.EPSILON;

  static List<Arguments> kernels() {
    return KernelsAgreeTest.kernels();
  }

  static List<Arguments> kernelsAndFunctions() {
    List<Arguments> all = new ArrayList<>();
    for (Kernels k : KernelsAgreeTest.both()) for (Activation f : Activation.values()) all.add(arguments(k, f));
    return all;
  }

  private static void softmax(Kernels kernels, float[] x, int from, int to, AttentionShape shape) {
    float highest = kernels.score(x, from, to, shape, new float[64]);
    float sum = kernels.exponentiate(x, from, to, highest, new float[64]);
    kernels.scale(x, 1 / sum, from, to);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmaxOfAnyRange(Kernels kernels) {
    for (float softCap : new float[] {0, 3, 50}) {
      AttentionShape shape = new AttentionShape(1, 1, 1, 0.7f, softCap, 1);
      for (int n : LENGTHS) {
        if (n == 0) continue;
        float[] x = Naive.numbers(n + 8, 17);
        for (int i = 0; i < x.length; i++) x[i] *= 20;
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
          double score = x[5 + i] * 0.7f;
          scores[i] = softCap > 0 ? softCap * Math.tanh(score / softCap) : score;
        }
        double[] expected = Naive.softmax(scores);
        float[] found = x.clone();
        softmax(kernels, found, 5, 5 + n, shape);
        for (int i = 0; i < 5; i++) assertEquals(x[i], found[i], "before the range");
        for (int i = 5 + n; i < x.length; i++) assertEquals(x[i], found[i], "after the range");
        for (int i = 0; i < n; i++) assertEquals(expected[i], found[5 + i], 1e-7 + 1e-5 * expected[i], n + " scores");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void nothingScoresBelowEverything(Kernels kernels) {
    AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, 1);
    assertEquals(Float.NEGATIVE_INFINITY, kernels.score(new float[3], 2, 2, shape, new float[64]));
    assertEquals(0, kernels.exponentiate(new float[3], 2, 2, 0, new float[64]));
    float[] masked = new float[40];
    java.util.Arrays.fill(masked, Float.NEGATIVE_INFINITY);
    assertEquals(Float.NEGATIVE_INFINITY, kernels.score(masked, 0, 40, shape, new float[64]));
    assertEquals(0, kernels.exponentiate(masked, 0, 40, 0, new float[64]));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmaxOfExtremes(Kernels kernels) {
    AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, 1);
    float[] far = {3e38f, -3e38f, 3e38f, -1e30f, 0};
    softmax(kernels, far, 0, 5, shape);
    assertSameBits(new float[] {0.5f, 0, 0.5f, 0, 0}, far, "far apart");
    for (int n : new int[] {1, 15, 16, 17, 40}) {
      for (int at = 0; at < n; at++) {
        float[] x = Naive.numbers(n, 18);
        x[at] = Float.NaN;
        softmax(kernels, x, 0, n, shape);
        for (float v : x) assertTrue(Float.isNaN(v), "NaN at " + at + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void norms(Kernels kernels) {
    for (int n : LENGTHS) {
      if (n == 0) continue;
      float[] x = Naive.numbers(n + 2, 19);
      for (int i = 0; i < x.length; i++) x[i] = 10 + 3 * x[i];
      float[] weight = Naive.numbers(n, 20);
      for (float[] bias : new float[][] {null, Naive.numbers(n, 21)}) {
        for (Norm.Kind kind : Norm.Kind.values()) {
          float[] y = new float[n + 2];
          kernels.normalize(new Norm(kind, weight, bias, 1e-5f), x, y, 1, new float[64]);
          double mean = 0;
          for (int i = 0; i < n; i++) mean += kind == Norm.Kind.LAYER ? (double) x[1 + i] / n : 0;
          double square = 0;
          for (int i = 0; i < n; i++) square += (x[1 + i] - mean) * (x[1 + i] - mean) / n;
          for (int i = 0; i < n; i++) {
            double expected = (x[1 + i] - mean) / Math.sqrt(square + 1e-5) * weight[i] + (bias == null ? 0 : bias[i]);
            double tolerance = 1e-5 * (1 + Math.abs(expected)) * (n == 1 ? 100 : 1);
            assertEquals(expected, y[1 + i], tolerance, kind + " of " + n);
          }
          assertEquals(0, y[0]);
          assertEquals(0, y[n + 1]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void oneNanSpoilsItsNorm(Kernels kernels) {
    for (int at = 0; at < 37; at++) {
      float[] x = Naive.numbers(37, 22);
      x[at] = Float.NaN;
      for (Norm.Kind kind : Norm.Kind.values()) {
        float[] y = new float[37];
        kernels.normalize(new Norm(kind, Naive.numbers(37, 23), null, 1e-5f), x, y, 0, new float[64]);
        for (float v : y) assertTrue(Float.isNaN(v));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void rotations(Kernels kernels) {
    for (int pairs : new int[] {0, 1, 3, 8, 16, 17, 32, 33, 64}) {
      float[] cos = Naive.numbers(3 * pairs, 24);
      float[] sin = Naive.numbers(3 * pairs, 25);
      float[] x = Naive.numbers(2 * pairs + 4, 26);
      float[] y = x.clone();
      kernels.rotate(y, 2, new RotaryTable(3, pairs, cos, sin), 1);
      for (int i = 0; i < pairs; i++) {
        double a = x[2 + i];
        double b = x[2 + pairs + i];
        assertEquals(a * cos[pairs + i] - b * sin[pairs + i], y[2 + i], 1e-6, pairs + " pairs");
        assertEquals(b * cos[pairs + i] + a * sin[pairs + i], y[2 + pairs + i], 1e-6, pairs + " pairs");
      }
      for (int i : new int[] {0, 1, 2 * pairs + 2, 2 * pairs + 3}) assertEquals(x[i], y[i], "outside");
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFunctions")
  void activations(Kernels kernels, Activation f) {
    for (int n : LENGTHS) {
      float[] x = Naive.numbers(n + 2, 27);
      for (int i = 0; i < x.length; i++) x[i] *= 4;
      float[] y = x.clone();
      kernels.activate(f, y, 1, 1 + n, new float[64]);
      assertEquals(x[0], y[0]);
      assertEquals(x[n + 1], y[n + 1]);
      for (int i = 1; i <= n; i++)
        assertEquals(Naive.activate(f, x[i]), y[i], 1e-6 * (1 + Math.abs(x[i])), f + " of " + x[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFunctions")
  void activationsOfExtremes(Kernels kernels, Activation f) {
    float[] big = {1e4f, 1e10f, 3e38f, Float.POSITIVE_INFINITY};
    float[] x = {1e4f, 1e10f, 3e38f, Float.POSITIVE_INFINITY, -1e4f, -1e10f, -3e38f, 0, -0f, Float.NaN, 1e-40f,
      -1e-40f};
    kernels.activate(f, x, 0, x.length, new float[64]);
    for (int i = 0; i < big.length; i++) assertEquals(big[i], x[i], f + " of " + big[i]);
    for (int i = 4; i < 9; i++) assertEquals(0, x[i] + 0f, f + ", number " + i);
    assertTrue(Float.isNaN(x[9]), f + " of NaN");
    for (int i = 10; i < 12; i++) assertEquals(0, x[i], 1e-40f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void caps(Kernels kernels) {
    for (int n : LENGTHS) {
      float[] x = Naive.numbers(n + 2, 31);
      for (int i = 0; i < x.length; i++) x[i] *= 40;
      float[] y = x.clone();
      kernels.cap(y, 30, 1, 1 + n, new float[64]);
      assertEquals(x[0], y[0]);
      assertEquals(x[n + 1], y[n + 1]);
      for (int i = 1; i <= n; i++)
        assertEquals(30 * Math.tanh(x[i] / 30.0), y[i], 4 * EPSILON * (1 + Math.abs(y[i])));
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void capsOfExtremes(Kernels kernels) {
    float[] x = {0, -0f, 1e30f, -1e30f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    kernels.cap(x, 5, 0, x.length, new float[64]);
    assertArrayEquals(new float[] {0, -0f, 5, -5, 5, -5, Float.NaN}, x, 1e-5f);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void sumsProductsAndFactors(Kernels kernels) {
    for (int n : LENGTHS) {
      float[] x = Naive.numbers(n + 2, 28);
      float[] sum = Naive.numbers(n + 2, 29);
      float[] product = sum.clone();
      float[] scaled = sum.clone();
      float[] before = sum.clone();
      kernels.add(x, 1, sum, 1, n);
      kernels.multiply(x, product, 1, 1 + n);
      kernels.scale(scaled, 0.3f, 1, 1 + n);
      for (int i = 0; i < n + 2; i++) {
        boolean inside = i > 0 && i <= n;
        assertEquals(inside ? before[i] + x[i] : before[i], sum[i]);
        assertEquals(inside ? before[i] * x[i] : before[i], product[i]);
        assertEquals(inside ? before[i] * 0.3f : before[i], scaled[i]);
      }
    }
  }
}
