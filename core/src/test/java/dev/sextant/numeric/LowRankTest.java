package dev.sextant.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LowRankTest {
  @Test
  void eigenvaluesByHand() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[][] {{2, 1}, {1, 2}});
    assertArrayEquals(new double[] {3, 1}, eigen.values(), 1e-15);
    assertEquals(1, eigen.vectors()[0][0] / eigen.vectors()[0][1], 1e-15);
    assertEquals(-1, eigen.vectors()[1][0] / eigen.vectors()[1][1], 1e-15);
    assertEquals(0, SymmetricEigen.of(new double[0][0]).values().length);
    assertArrayEquals(new double[] {7, 0, -2},
        SymmetricEigen.of(new double[][] {{0, 0, 0}, {0, -2, 0}, {0, 0, 7}}).values());
  }

  @Test
  void eigenvectorsSolveTheirEquation() {
    Random random = new Random(4);
    for (int n : new int[] {1, 2, 3, 17, 64}) {
      double[][] a = new double[n][n];
      for (int i = 0; i < n; i++) for (int j = 0; j <= i; j++) a[i][j] = a[j][i] = random.nextGaussian();
      SymmetricEigen eigen = SymmetricEigen.of(a);
      for (int i = 0; i < n; i++) {
        double[] v = eigen.vectors()[i];
        double[] image = LowRank.combined(v, a);
        for (int j = 0; j < n; j++) assertEquals(eigen.values()[i] * v[j], image[j], 1e-12 * n);
        if (i > 0) assertTrue(eigen.values()[i] <= eigen.values()[i - 1]);
      }
      double[][] gram = LowRank.gram(eigen.vectors());
      for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) assertEquals(i == j ? 1 : 0, gram[i][j], 1e-13 * n);
    }
  }

  /** 3 e1 f1ᵀ + 2 e2 f2ᵀ, as a product of two factors that are mixed up. */
  @Test
  void singularValuesByHand() {
    double[][] l = {{3, 2, 0}, {3, -2, 0}};
    double[][] r = {{0.5, 0, 0, 0.5}, {0.5, 0, 0, -0.5}};
    List<LowRank.Singular> found = LowRank.singular(l, r);
    assertEquals(2, found.size());
    assertEquals(3, found.getFirst().value(), 1e-14);
    assertArrayEquals(new double[] {1, 0, 0}, found.getFirst().left(), 1e-14);
    assertArrayEquals(new double[] {1, 0, 0, 0}, found.getFirst().right(), 1e-14);
    assertEquals(2, found.getLast().value(), 1e-14);
    assertArrayEquals(new double[] {0, 1, 0}, found.getLast().left(), 1e-14);
    assertArrayEquals(new double[] {0, 0, 0, 1}, found.getLast().right(), 1e-14);
  }

  @Test
  void productsAreRebuiltFromTheirParts() {
    Random random = new Random(8);
    for (int rank : new int[] {1, 3, 8}) {
      double[][] l = random(random, rank, 20);
      double[][] r = random(random, rank, 13);
      if (rank == 8) r[7] = LowRank.combined(new double[] {1, -2}, new double[][] {r[0], r[1]}); // really of rank 7
      List<LowRank.Singular> found = LowRank.singular(l, r);
      assertEquals(rank == 8 ? 7 : rank, found.size());
      for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 13; j++) {
          double expected = 0;
          for (int k = 0; k < rank; k++) expected += l[k][i] * r[k][j];
          double rebuilt = 0;
          for (LowRank.Singular s : found) rebuilt += s.value() * s.left()[i] * s.right()[j];
          assertEquals(expected, rebuilt, 1e-10);
        }
      }
      for (LowRank.Singular s : found) assertTrue(s.value() > 0 && LowRank.sign(s.left()) == 1);
    }
  }

  @Test
  void nothingAndNoNumbers() {
    assertEquals(List.of(), LowRank.singular(new double[2][5], new double[2][4]));
    assertEquals(List.of(), LowRank.singular(new double[][] {{1, 2}}, new double[1][4]));
    assertEquals(List.of(), LowRank.singular(new double[1][4], new double[][] {{1, 2}}));
    double[][] bad = {{Double.NaN, 1}};
    assertThrows(InvalidArgumentException.class, () -> LowRank.singular(bad, new double[][] {{1, 2}}));
    assertThrows(InvalidArgumentException.class, () -> LowRank.singular(new double[][] {{1, 2}}, bad));
  }

  private static double[][] random(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) for (int i = 0; i < columns; i++) row[i] = random.nextGaussian();
    return matrix;
  }
}
