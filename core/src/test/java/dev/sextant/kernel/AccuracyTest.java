package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors that docs/accuracy.md states, of both kinds of kernels, in units in the last place of the true value. */
class AccuracyTest {
  private static final int N = 4096;

  static List<Kernels> kernels() {
    return List.of(Kernels.scalar(), Kernels.fastest());
  }

  private static double ulps(double found, double exact) {
    return Math.abs(found - exact) / Math.ulp((float) exact);
  }

  private static void assertWithin(double limit, double worst, String what) {
    assertTrue(worst <= limit, what + ": " + worst + " ulp, more than " + limit);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void softmax(Kernels kernels) {
    double worst = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] x = Naive.numbers(N, seed);
      double[] scores = new double[N];
      for (int i = 0; i < N; i++) scores[i] = (x[i] *= 8);
      double[] exact = Naive.softmax(scores);
      float highest = kernels.score(x, 0, N, new AttentionShape(1, 1, 1, 1, 0, 1), new float[64]);
      float sum = kernels.exponentiate(x, 0, N, highest, new float[64]);
      kernels.scale(x, 1 / sum, 0, N);
      for (int i = 0; i < N; i++) if (exact[i] > 1e-30) worst = Math.max(worst, ulps(x[i], exact[i]));
    }
    assertWithin(48, worst, "softmax"); // half an ulp of a difference up to 60 is that much of its exponential
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void norms(Kernels kernels) {
    for (Norm.Kind kind : Norm.Kind.values()) {
      double worst = 0;
      for (int seed = 0; seed < 20; seed++) worst = Math.max(worst, normError(kernels, kind, seed));
      assertWithin(kind == Norm.Kind.RMS ? 4 : 8, worst, kind.name());
    }
  }

  /** LayerNorm's first step cancels, so its errors are measured against the largest of the numbers. */
  private static double normError(Kernels kernels, Norm.Kind kind, long seed) {
    float[] x = Naive.numbers(576, seed);
    float[] weight = Naive.numbers(576, seed + 100);
    float[] y = new float[576];
    kernels.normalize(new Norm(kind, weight, null, 1e-5f), x, y, 0, new float[64]);
    double mean = 0;
    for (float v : x) mean += kind == Norm.Kind.LAYER ? v / 576.0 : 0;
    double square = 0;
    for (float v : x) square += (v - mean) * (v - mean) / 576;
    double worst = 0;
    for (int i = 0; i < 576; i++) {
      double exact = (x[i] - mean) / Math.sqrt(square + 1e-5f) * weight[i];
      double unit = kind == Norm.Kind.RMS ? Math.ulp((float) exact) : Math.ulp(weight[i]);
      worst = Math.max(worst, Math.abs(y[i] - exact) / unit);
    }
    return worst;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void activations(Kernels kernels) {
    assertWithin(4, worst(kernels, Activation.SILU, -80, 80), "SiLU");
    assertWithin(8, worst(kernels, Activation.GELU, -1, 10), "GELU");
    assertWithin(320, worst(kernels, Activation.GELU, -12, -1), "GELU's lower tail");
    assertWithin(4, worst(kernels, Activation.GELU_TANH, -1, 10), "GELU by tanh");
    assertWithin(128, worst(kernels, Activation.GELU_TANH, -8, -1), "GELU by tanh, its lower tail");
  }

  private static double worst(Kernels kernels, Activation f, double from, double to) {
    int n = 1 << 16;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = (float) (from + (to - from) * (i + 0.5) / n);
    float[] y = x.clone();
    kernels.activate(f, y, 0, n, new float[64]);
    double worst = 0;
    for (int i = 0; i < n; i++) worst = Math.max(worst, ulps(y[i], exact(f, x[i])));
    return worst;
  }

  /** Naive's tanh form cancels in the lower tail. */
  private static double exact(Activation f, double x) {
    return f == Activation.GELU_TANH ? x / (1 + Math.exp(-2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))
        : Naive.activate(f, x);
  }

  /** A pair of numbers is turned: the error is in proportion to the length of the pair. */
  @ParameterizedTest
  @MethodSource("kernels")
  void rotations(Kernels kernels) {
    int pairs = 512;
    double worst = 0;
    for (int seed = 0; seed < 20; seed++) {
      float[] cos = new float[pairs];
      float[] sin = new float[pairs];
      for (int i = 0; i < pairs; i++) {
        cos[i] = (float) Math.cos(i + seed);
        sin[i] = (float) Math.sin(i + seed);
      }
      float[] x = Naive.numbers(2 * pairs, seed);
      float[] y = x.clone();
      kernels.rotate(y, 0, new RotaryTable(1, pairs, cos, sin), 0);
      for (int i = 0; i < pairs; i++) {
        double exact = x[i] * (double) cos[i] - x[pairs + i] * (double) sin[i];
        worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) Math.hypot(x[i], x[pairs + i])));
      }
    }
    assertWithin(1.5, worst, "rotation");
  }
}
