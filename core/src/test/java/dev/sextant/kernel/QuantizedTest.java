package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.kernel.Naive.Format;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is particular to quantised matrices; {@link KernelsAgreeTest} has what they share with the others. */
class QuantizedTest {
  private static final int[] COLUMNS = {1, 5, 31, 32, 33, 63, 64, 65, 100, 160, 576};

  /** The largest weight of the block of a column. */
  private static float largest(Matrix w, int row, int column) {
    float largest = 0;
    int block = column / 32 * 32;
    for (int c = block; c < Math.min(block + 32, w.columns()); c++)
      largest = Math.max(largest, Math.abs(Naive.weight(w, row, c)));
    return largest;
  }

  /** Half a step, 1/127 of the largest weight, which the search for the best scale makes up to 9/128 longer. */
  @Test
  void everyWeightIsWithinHalfAStepIn8Bits() {
    for (int n : COLUMNS) {
      Matrix stored = Naive.matrix(Format.BF16, 19, n, 1);
      Matrix packed = Naive.quantized(Format.Q8, stored);
      for (int r = 0; r < 19; r++) {
        for (int c = 0; c < n; c++) {
          double bound = largest(stored, r, c) / 254.0 * (1 + 9 / 128.0);
          assertEquals(Naive.weight(stored, r, c), Naive.weight(packed, r, c), bound, n + " columns: " + r + ", " + c);
        }
      }
    }
  }

  /** A step is at most 1/7 of the largest weight, and what lies opposite it may be up to two steps out of reach. */
  @Test
  void everyWeightIsWithinTwoStepsIn4BitsAndMostAreCloser() {
    for (int n : COLUMNS) {
      Matrix stored = Naive.matrix(Format.BF16, 19, n, 2);
      Matrix packed = Naive.quantized(Format.Q4, stored);
      double squares = 0;
      double errors = 0;
      for (int r = 0; r < 19; r++) {
        for (int c = 0; c < n; c++) {
          double error = Naive.weight(stored, r, c) - Naive.weight(packed, r, c);
          assertTrue(Math.abs(error) <= 2 * largest(stored, r, c) / 7, n + " columns: " + r + ", " + c);
          errors += error * error;
          squares += Naive.weight(stored, r, c) * Naive.weight(stored, r, c);
        }
      }
      assertTrue(Math.sqrt(errors / squares) < 0.1, n + " columns: " + Math.sqrt(errors / squares));
    }
  }

  @Test
  void scalarAndVectorKernelsGiveTheSameBitsIn4Bits() {
    for (int n : COLUMNS) {
      Matrix w = Naive.matrix(Format.Q4, 37, n, 3);
      float[] x = Naive.numbers(n, 4);
      KernelsAgreeTest.assertSameBits(product(Kernels.scalar(), w, x), product(Kernels.fastest(), w, x),
          n + " columns");
    }
  }

  private static float[] product(Kernels kernels, Matrix w, float[] x) {
    MatrixVector product = new MatrixVector();
    product.w = w;
    product.y = new float[w.rows()];
    kernels.arrange(w, x, 0, product.x);
    kernels.multiply(product, 0, w.rows());
    return product.y;
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void decodingGivesTheWeights(Format format) {
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.fastest()}) {
      for (int n : COLUMNS) {
        Matrix w = Naive.matrix(format, 37, n, 5);
        float[] row = new float[n + 2];
        for (int r = 0; r < 37; r++) {
          kernels.decode(w, r, row, 1);
          for (int c = 0; c < n; c++)
            assertEquals(Naive.weight(w, r, c), row[1 + c], kernels.name() + " " + r + ", " + c);
          assertEquals(0, row[n + 1], "after the row");
        }
      }
    }
  }

  /** The most that a block can sum up to, which must not overflow: all levels and all x at their ends. */
  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void theLargestSumsDoNotOverflow(Format format) {
    for (float sign : new float[] {1, -1}) {
      float[] weights = new float[16 * 128];
      java.util.Arrays.fill(weights, -1);
      float[] x = new float[128];
      for (int i = 0; i < 128; i++) x[i] = i < 64 ? sign : -sign;
      x[127] = -127 * sign;
      Matrix w = Naive.matrix(format, 128, weights);
      for (float y : product(Kernels.fastest(), w, x)) assertEquals(Naive.dot(w, 0, x, 0), y, 2e-3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void aWeightThatIsNotFiniteSpoilsItsRowAlone(Format format) {
    for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int column = 0; column < 70; column += 3) {
        float[] weights = Naive.numbers(5 * 70, 6);
        weights[2 * 70 + column] = special;
        Matrix w = Naive.matrix(format, 70, weights);
        for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.fastest()}) {
          float[] y = product(kernels, w, Naive.numbers(70, 7));
          for (int r = 0; r < 5; r++) assertEquals(r == 2, Float.isNaN(y[r]), "row " + r);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void zerosAndExtremesHoldTheirSize(Format format) {
    for (float size : new float[] {0, Float.MIN_VALUE, 1e-38f, 1e-30f, 1e30f, 1e38f}) {
      float[] weights = new float[64];
      for (int i = 0; i < 64; i++) weights[i] = (i % 3 - 1) * size;
      Matrix w = Naive.matrix(format, 64, weights);
      double bound = format == Format.Q8 ? size / 100 : size / 6;
      for (int i = 0; i < 64; i++) assertEquals(weights[i], Naive.weight(w, 0, i), bound + 1e-35, size + " at " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void xOfAnySizeIsRoundedBlockByBlock(Format format) {
    for (float size : new float[] {0, 1e-37f, 1e-20f, 1e20f, 1e34f}) {
      Matrix w = Naive.matrix(format, 3, 96, 8);
      float[] x = Naive.numbers(96, 9);
      for (int i = 32; i < 64; i++) x[i] *= size;
      for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.fastest()}) {
        float[] y = product(kernels, w, x);
        for (int r = 0; r < 3; r++)
          assertEquals(Naive.dot(w, r, x, 0), y[r], 1e-5 * Naive.dotSize(w, r, x, 0) + 1e-30, size + ", row " + r);
      }
    }
  }

  /** The same rounded x, whether few tokens are multiplied or many. */
  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void manyTokensAreMultipliedAsOneIs(Format format) {
    for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.fastest()}) {
      try (Workers workers = new Workers(2)) {
        Engine engine = new Engine(kernels, workers);
        Matrix w = Naive.matrix(format, 77, 230, 10);
        Rows x = Naive.rows(70, 230, 11);
        Rows y = new Rows(77);
        engine.multiply(w, null, x, y);
        Rows alone = new Rows(77);
        Rows one = new Rows(230).resize(1);
        for (int t = 0; t < 70; t++) {
          System.arraycopy(x.data(), x.at(t), one.data(), 0, 230);
          engine.multiply(w, null, one, alone);
          for (int r = 0; r < 77; r++) {
            double tolerance = Naive.dotSize(w, r, x.data(), x.at(t)) * 1e-6;
            assertEquals(alone.data()[r], y.data()[y.at(t) + r], tolerance, "token " + t + ", row " + r);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void anyNumberOfPartsPacksTheSame(Format format) {
    Matrix from = Naive.matrix(Format.F32, 100, 70, 12);
    Matrix.Quantized whole = Naive.quantized(format, from);
    for (int parts : new int[] {2, 3, 9}) {
      MemorySegment data = java.lang.foreign.Arena.ofAuto().allocate(whole.data().byteSize());
      Packing packing = new Packing(Kernels.fastest(), from, (Matrix.Quantized) Naive.wrap(format, data, 100, 70));
      for (int part = 0; part < parts; part++) packing.run(part, parts);
      assertEquals(-1, whole.data().mismatch(data), parts + " parts");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"Q8", "Q4"})
  void aSliceBeginsWithAGroup(Format format) {
    Matrix w = Naive.matrix(format, 50, 70, 13);
    for (int from : new int[] {0, 16, 48}) {
      Matrix slice = w.slice(from, 50 - from);
      for (int r = 0; r < 50 - from; r++) assertEquals(Naive.weight(w, from + r, 69), Naive.weight(slice, r, 69));
    }
    assertEquals(3, w.slice(16, 3).rows());
    assertThrows(IllegalArgumentException.class, () -> w.slice(8, 16));
    assertThrows(IllegalArgumentException.class, () -> w.slice(32, 19));
    assertThrows(IllegalArgumentException.class, () -> w.slice(0, -1));
  }

  @Test
  void memoryOfAnotherSizeIsRefused() {
    assertNotNull(new Matrix.Q8(MemorySegment.ofArray(new byte[1088]), 1, 64));
    assertThrows(IllegalArgumentException.class, () -> new Matrix.Q8(MemorySegment.ofArray(new byte[1087]), 1, 64));
    assertThrows(IllegalArgumentException.class, () -> new Matrix.Q4(MemorySegment.ofArray(new byte[576]), 17, 64));
    assertThrows(IllegalArgumentException.class, () -> new Matrix.Q4(MemorySegment.NULL, -1, 64));
  }
}
