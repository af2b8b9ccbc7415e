package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sextant.kernel.Naive.Format;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kernel, scalar and vector, against float64, at awkward lengths. */
class KernelsAgreeTest {
  /** Around one and two blocks of 4, 8, 16 and 32, widths of the golden models, widths of real ones. */
  private static final int[] LENGTHS = {
    0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 22, 30, 31, 32, 33, 36, 42, 47, 48, 49, 54, 63, 64, 65, 127, 128, 576,
    1536
  };
  private static final double EPSILON = 0x1p-23;

  private static List<Kernels> both() {
    List<Kernels> both = List.of(Kernels.scalar(), Kernels.fastest());
    assertEquals("vector", both.get(1).name(), "these tests need --add-modules jdk.incubator.vector");
    return both;
  }

  static List<Arguments> kernelsAndFormats() {
    List<Arguments> all = new ArrayList<>();
    for (Kernels k : both()) for (Format f : Format.values()) all.add(arguments(k, f));
    return all;
  }

  /** Of the formats in which each weight stands for itself. */
  static List<Arguments> kernelsAndFloats() {
    List<Arguments> all = new ArrayList<>();
    for (Kernels k : both()) for (Format f : Format.values()) if (!f.isQuantized()) all.add(arguments(k, f));
    return all;
  }

  static List<Arguments> kernelsAndFunctions() {
    List<Arguments> all = new ArrayList<>();
    for (Kernels k : both()) for (Activation f : Activation.values()) all.add(arguments(k, f));
    return all;
  }

  static List<Arguments> kernels() {
    return both().stream().map(Arguments::of).toList();
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void matrixTimesVector(Kernels kernels, Format format) {
    for (int n : LENGTHS) {
      for (int rows : new int[] {0, 1, 2, 3, 4, 5, 7, 11, 33, 48}) {
        Matrix w = n == 0 ? Naive.wrap(format, java.lang.foreign.MemorySegment.NULL, rows, 0)
            : Naive.matrix(format, rows, n, 7);
        float[] x = Naive.numbers(n + 3, 8);
        MatrixVector product = product(kernels, w, x, 3);
        kernels.multiply(product, 0, rows);
        for (int r = 0; r < rows; r++) {
          double tolerance = Naive.dotSize(w, r, x, 3) * EPSILON * (leeway(format) + n / 16);
          assertEquals(Naive.dot(w, r, x, 3), product.y[1 + r], tolerance, n + " columns, row " + r);
        }
      }
    }
  }

  /** Levels of Q8 are summed up as they are stored, from 0 on, before the 128 that they are too large are taken off. */
  private static int leeway(Format format) {
    return format == Format.Q8 ? 8 : 2;
  }

  private static MatrixVector product(Kernels kernels, Matrix w, float[] x, int at) {
    MatrixVector product = new MatrixVector();
    product.w = w;
    product.y = new float[1 + w.rows()];
    product.yAt = 1;
    kernels.arrange(w, x, at, product.x);
    return product;
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void aRowIsTheSameBitsInWhateverRange(Kernels kernels, Format format) {
    for (int n : LENGTHS) {
      if (n == 0) continue;
      Matrix w = Naive.matrix(format, 53, n, 9);
      MatrixVector whole = product(kernels, w, Naive.numbers(n, 10), 0);
      kernels.multiply(whole, 0, 53);
      MatrixVector parts = product(kernels, w, Naive.numbers(n, 10), 0);
      for (int[] range : new int[][] {{0, 1}, {1, 6}, {6, 6}, {6, 17}, {17, 20}, {20, 32}, {32, 53}})
        kernels.multiply(parts, range[0], range[1]);
      assertSameBits(whole.y, parts.y, n + " columns");
    }
  }

  static void assertSameBits(float[] expected, float[] found, String what) {
    for (int i = 0; i < expected.length; i++)
      assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(found[i]), what + ", number " + i);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFloats")
  void specialWeightsComeThrough(Kernels kernels, Format format) {
    float[] specials = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int n : new int[] {1, 16, 33, 64, 70}) {
      for (float special : specials) {
        for (int column = 0; column < n; column += 5) {
          float[] weights = Naive.numbers(8 * n, 11);
          weights[3 * n + column] = special;
          Matrix w = Naive.matrix(format, n, weights);
          float[] x = new float[n];
          java.util.Arrays.fill(x, 0.5f);
          MatrixVector product = product(kernels, w, x, 0);
          kernels.multiply(product, 0, 8);
          assertEquals(special, product.y[1 + 3], "the row with it");
          assertEquals(Naive.dot(w, 4, x, 0), product.y[1 + 4], 1e-4, "the next row");
          float[] decoded = new float[n];
          kernels.decode(w, 3, decoded, 0);
          assertEquals(special, decoded[column], "decoded");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void nanAndInfinityInTheVectorComeThrough(Kernels kernels, Format format) {
    for (int n : new int[] {1, 17, 32, 65}) {
      Matrix w = Naive.matrix(format, 5, n, 12);
      for (int column = 0; column < n; column += 3) {
        float[] x = Naive.numbers(n, 13);
        x[column] = Float.NaN;
        MatrixVector product = product(kernels, w, x, 0);
        kernels.multiply(product, 0, 5);
        for (int r = 0; r < 5; r++) assertTrue(Float.isNaN(product.y[1 + r]), "NaN at " + column + " of " + n);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BF16", "F16"})
  void decodingIsExactForEveryBitPattern(Format format) {
    java.lang.foreign.MemorySegment all = java.lang.foreign.Arena.ofAuto().allocate(2 * 65536);
    for (int i = 0; i < 65536; i++) all.setAtIndex(java.lang.foreign.ValueLayout.JAVA_SHORT, i, (short) i);
    Matrix w = Naive.wrap(format, all, 2, 32768);
    float[] row = new float[32768 + 1];
    for (Kernels kernels : both()) {
      for (int r = 0; r < 2; r++) {
        kernels.decode(w, r, row, 1);
        for (int c = 0; c < 32768; c++) assertEquals(Naive.weight(w, r, c), row[1 + c], "pattern " + (r * 32768 + c));
      }
    }
  }

  /** Subnormal halves, which take another path through the conversion than normal ones. */
  @ParameterizedTest
  @MethodSource("kernels")
  void everyFiniteHalfMultipliesExactly(Kernels kernels) {
    java.lang.foreign.MemorySegment all = java.lang.foreign.Arena.ofAuto().allocate(2 * 65536);
    for (int i = 0; i < 65536; i++) {
      int half = (i & 0x7c00) == 0x7c00 ? 0 : i;
      all.setAtIndex(java.lang.foreign.ValueLayout.JAVA_SHORT, i, (short) half);
    }
    Matrix w = Naive.wrap(Format.F16, all, 2048, 32);
    for (int column = 0; column < 32; column++) {
      float[] x = new float[32];
      x[column] = 1;
      MatrixVector product = product(kernels, w, x, 0);
      kernels.multiply(product, 0, 2048);
      for (int r = 0; r < 2048; r++) assertEquals(Naive.weight(w, r, column) + 0f, product.y[1 + r] + 0f, "row " + r);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void productsOfBlocks(Kernels kernels) {
    for (int rows : new int[] {0, 1, 3, 4, 5, 8, 9, 13}) {
      for (int depth : new int[] {0, 1, 2, 17, 64, 576}) {
        for (int width : new int[] {0, 16, 32, 48, 64, 80, 128}) {
          float[] left = Naive.numbers(rows * (depth + 5) + 3, 14);
          float[] right = Naive.numbers(depth * (width + 7) + 2, 15);
          float[] result = Naive.numbers(rows * (width + 1) + 1, 16);
          float[] before = result.clone();
          kernels.multiply(new Product().left(left, 3, depth + 5).right(right, 2, width + 7)
              .result(result, 1, width + 1).size(rows, depth, width));
          for (int i = 0; i < result.length; i++) {
            int r = (i - 1) / (width + 1);
            int c = (i - 1) % (width + 1);
            boolean inside = i > 0 && c < width;
            double expected = inside ? 0 : before[i];
            double size = 0;
            if (inside) {
              for (int k = 0; k < depth; k++) {
                double term = (double) left[3 + r * (depth + 5) + k] * right[2 + k * (width + 7) + c];
                expected += term;
                size += Math.abs(term);
              }
            }
            assertEquals(expected, result[i], size * EPSILON * (2 + depth / 8), rows + "x" + depth + "x" + width);
          }
        }
      }
    }
  }

  /** BF16 on the right: as the same numbers in single precision, but for the order of the sum. */
  @ParameterizedTest
  @MethodSource("kernels")
  void productsWithPairsOnTheRight(Kernels kernels) {
    for (int rows : new int[] {0, 1, 2, 3, 4, 5, 8, 9}) {
      for (int depth : new int[] {0, 1, 2, 17, 64, 128}) {
        for (int width : new int[] {32, 64, 96, 128, 160}) {
          float[] left = Naive.numbers(rows * (depth + 5) + 3, 14);
          float[] right = Naive.numbers((depth + 1) * (width + 32), 15);
          int[] pairs = pairs(right);
          float[] result = Naive.numbers(rows * (width + 1) + 1, 16);
          float[] expected = result.clone();
          kernels.multiply(new Product().left(left, 3, depth + 5).pairs(pairs, 32, width + 32)
              .result(result, 1, width + 1).size(rows, depth, width));
          kernels.multiply(new Product().left(left, 3, depth + 5).right(right, 32, width + 32)
              .result(expected, 1, width + 1).size(rows, depth, width));
          assertArrayEquals(expected, result, 1e-5f * (1 + depth / 8), rows + "x" + depth + "x" + width);
        }
      }
    }
  }

  /** Cuts numbers to BF16, and gives them in pairs too. */
  private static int[] pairs(float[] numbers) {
    int[] pairs = new int[numbers.length / 2];
    for (int i = 0; i < numbers.length; i++) {
      int bits = Float.floatToRawIntBits(numbers[i]) & 0xffff0000;
      numbers[i] = Float.intBitsToFloat(bits);
      pairs[i / 32 * 16 + i % 16] |= i % 32 < 16 ? bits >>> 16 : bits;
    }
    return pairs;
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
