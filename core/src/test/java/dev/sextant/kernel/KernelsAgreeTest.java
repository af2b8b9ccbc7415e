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

/** Each kernel that multiplies matrices, scalar and vector, against float64, at awkward lengths. */
class KernelsAgreeTest {
  /** Around one and two blocks of 4, 8, 16 and 32, widths of the golden models, widths of real ones. */
  static final int[] LENGTHS = {
    0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 22, 30, 31, 32, 33, 36, 42, 47, 48, 49, 54, 63, 64, 65, 127, 128, 576,
    1536
  };
  static final double EPSILON = 0x1p-23;

  static List<Kernels> both() {
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
}
