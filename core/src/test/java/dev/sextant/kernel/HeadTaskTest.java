package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A matrix times rows in parts: each part alone is what the whole gives where the others are 0. */
class HeadTaskTest {
  private static final int[][] SIZES = {{1, 1, 1, 1}, {70, 3, 5, 1}, {64, 2, 32, 3}, {130, 4, 8, 67}, {33, 9, 64, 5}};
  private final Workers workers = new Workers(2);

  @AfterEach
  void close() {
    workers.close();
  }

  @ParameterizedTest
  @EnumSource(Naive.Format.class)
  void eachHeadMeetsItsColumns(Naive.Format format) {
    for (int[] size : SIZES) {
      int heads = size[1];
      int width = size[2];
      if (format.isQuantized() && heads * width % 32 != 0) continue;
      Matrix w = Naive.matrix(format, size[0], heads * width, 1);
      Rows x = Naive.rows(size[3], heads * width, 2);
      Rows scalar = multiply(Kernels.scalar(), w, heads, x);
      Rows vector = multiply(Kernels.fastest(), w, heads, x);
      float[] row = new float[w.columns()];
      for (int r = 0; r < w.rows(); r++) {
        Kernels.scalar().decode(w, r, row, 0);
        for (int i = 0; i < scalar.rows(); i++) {
          double expected = 0;
          for (int c = 0; c < width; c++)
            expected += (double) row[i % heads * width + c] * x.data()[x.at(i / heads) + i % heads * width + c];
          assertEquals(expected, scalar.data()[scalar.at(i) + r], 3e-5);
          assertEquals(expected, vector.data()[vector.at(i) + r], 3e-5);
        }
      }
    }
  }

  private Rows multiply(Kernels kernels, Matrix w, int heads, Rows x) {
    Rows y = new Rows(w.rows());
    new Engine(kernels, workers).multiplyByHead(w, heads, x, y);
    assertEquals(x.rows() * heads, y.rows());
    return y;
  }

  @Test
  void theNumberOfThreadsChangesNoBit() {
    Matrix w = Naive.matrix(Naive.Format.BF16, 576, 576, 3);
    Rows x = Naive.rows(40, 576, 4);
    Rows one = new Rows(576);
    try (Workers alone = new Workers(1)) {
      new Engine(Kernels.fastest(), alone).multiplyByHead(w, 9, x, one);
    }
    Rows two = multiply(Kernels.fastest(), w, 9, x);
    assertArrayEquals(Arrays.copyOf(one.data(), one.at(360)), Arrays.copyOf(two.data(), two.at(360)));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Engine engine = new Engine(Kernels.scalar(), workers);
    Matrix w = Naive.matrix(Naive.Format.F32, 4, 6, 1);
    assertThrows(IllegalArgumentException.class, () -> engine.multiplyByHead(w, 4, new Rows(6), new Rows(4)));
    assertThrows(IllegalArgumentException.class, () -> engine.multiplyByHead(w, 2, new Rows(5), new Rows(4)));
    assertThrows(IllegalArgumentException.class, () -> engine.multiplyByHead(w, 2, new Rows(6), new Rows(5)));
  }
}
