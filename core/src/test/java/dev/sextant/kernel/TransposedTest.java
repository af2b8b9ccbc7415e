package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.kernel.Naive.Format;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Matrices, turned round, times a vector: against float64, and the same bits however the work is cut. */
class TransposedTest {
  private static final int[] ROWS = {0, 1, 2, 3, 4, 5, 7, 15, 16, 17, 33, 48, 63, 64, 65, 130};
  private static final int[] COLUMNS = {1, 3, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 128, 129, 576, 1100};

  static java.util.List<Arguments> kernelsAndFormats() {
    return KernelsAgreeTest.kernelsAndFormats();
  }

  private static Transposed product(Matrix w, float[] x, int at) {
    Transposed product = new Transposed();
    product.w = w;
    product.x = x;
    product.xAt = at;
    product.y = new float[w.columns() + 2];
    Arrays.fill(product.y, 7);
    product.yAt = 1;
    return product;
  }

  private static void check(Matrix w, float[] x, int at, float[] y, int yAt) {
    for (int c = 0; c < w.columns(); c++) {
      double sum = 0;
      double size = 0;
      for (int r = 0; r < w.rows(); r++) {
        double term = (double) x[at + r] * Naive.weight(w, r, c);
        sum += term;
        size += Math.abs(term);
      }
      assertEquals(sum, y[yAt + c], size * 0x1p-23 * (2 + w.rows() / 8), w.rows() + "x" + w.columns() + ", " + c);
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void anyShape(Kernels kernels, Format format) {
    for (int rows : ROWS) {
      for (int columns : COLUMNS) {
        Matrix w = rows == 0 ? Naive.wrap(format, MemorySegment.NULL, 0, columns)
            : Naive.matrix(format, rows, columns, 1);
        Transposed product = product(w, Naive.numbers(rows + 3, 2), 3);
        kernels.multiply(product, 0, columns);
        check(w, product.x, 3, product.y, 1);
        assertEquals(7, product.y[0], "before");
        assertEquals(7, product.y[columns + 1], "after");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void aWideMatrix(Kernels kernels, Format format) {
    Matrix w = Naive.matrix(format, 21, 5000, 3);
    Transposed product = product(w, Naive.numbers(21, 4), 0);
    kernels.multiply(product, 0, 5000);
    check(w, product.x, 0, product.y, 1);
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void aColumnIsTheSameBitsInWhateverRange(Kernels kernels, Format format) {
    for (int columns : new int[] {70, 576, 1100}) {
      Matrix w = Naive.matrix(format, 53, columns, 5);
      Transposed whole = product(w, Naive.numbers(53, 6), 0);
      kernels.multiply(whole, 0, columns);
      Random random = new Random(7);
      for (int run = 0; run < 10; run++) {
        Transposed parts = product(w, Naive.numbers(53, 6), 0);
        for (int to, from = 0; from < columns; from = to) {
          to = Math.min(columns, from + Transposed.GRAIN * (1 + random.nextInt(5)));
          kernels.multiply(parts, from, to);
        }
        KernelsAgreeTest.assertSameBits(whole.y, parts.y, columns + " columns");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void specialWeightsComeThrough(Kernels kernels, Format format) {
    for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int row = 0; row < 70; row += 9) {
        float[] weights = Naive.numbers(70 * 40, 8);
        weights[row * 40 + 5] = special;
        float[] x = new float[70];
        Arrays.fill(x, 0.5f);
        Transposed product = product(Naive.matrix(format, 40, weights), x, 0);
        kernels.multiply(product, 0, 40);
        if (format.isQuantized()) assertTrue(Float.isNaN(product.y[1 + 5]), "the column with it");
        else assertEquals(special, product.y[1 + 5], "the column with it");
        assertTrue(Float.isFinite(product.y[1 + 35]), "a column of the next block");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernelsAndFormats")
  void nanInTheVectorSpoilsAll(Kernels kernels, Format format) {
    Matrix w = Naive.matrix(format, 37, 70, 9);
    for (int at = 0; at < 37; at++) {
      float[] x = Naive.numbers(37, 10);
      x[at] = Float.NaN;
      Transposed product = product(w, x, 0);
      kernels.multiply(product, 0, 70);
      for (int c = 0; c < 70; c++) assertTrue(Float.isNaN(product.y[1 + c]));
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theEngineTakesSeveralMatricesAndAnyNumberOfThreads(Format format) {
    for (Kernels kernels : new Kernels[] {Kernels.fastest(), Kernels.scalar()}) {
      Matrix[] w = new Matrix[5];
      for (int i = 0; i < 5; i++) w[i] = Naive.matrix(format, 70, 300, 11 + i);
      Rows x = Naive.rows(5, 70, 20);
      float[] alone = {};
      for (int threads = 1; threads < 6; threads++) {
        try (Workers workers = new Workers(threads)) {
          Rows y = new Rows(300);
          new Engine(kernels, workers).multiplyTransposed(w, x, y);
          if (threads == 1) {
            for (int i = 0; i < 5; i++) check(w[i], x.data(), x.at(i), y.data(), y.at(i));
            alone = y.data();
          }
          KernelsAgreeTest.assertSameBits(alone, y.data(), threads + " threads");
        }
      }
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    try (Workers workers = new Workers(1)) {
      Engine engine = new Engine(Kernels.scalar(), workers);
      Matrix[] w = {Naive.matrix(Format.F32, 3, 4, 1)};
      assertThrows(IllegalArgumentException.class,
          () -> engine.multiplyTransposed(w, Naive.rows(2, 3, 1), new Rows(4)));
      assertThrows(IllegalArgumentException.class,
          () -> engine.multiplyTransposed(w, Naive.rows(1, 4, 1), new Rows(4)));
      assertThrows(IllegalArgumentException.class,
          () -> engine.multiplyTransposed(w, Naive.rows(1, 3, 1), new Rows(3)));
    }
  }
}
