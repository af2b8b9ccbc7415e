package dev.sextant.numeric;

import dev.sextant.InvalidArgumentException;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, by cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations,
 * 8.5): slow for large matrices, accurate and always the same for small ones.
 *
 * @param values the largest first
 * @param vectors a row for each value, of length 1; its sign is arbitrary but always the same
 */
public record SymmetricEigen(double[] values, double[][] vectors) {
  private static final int SWEEPS = 60; // 6 to 10 are usual

  /**
   * Of this matrix.
   *
   * @param matrix [n, n], symmetric; left as it is
   * @throws InvalidArgumentException if it holds a number that is not finite
   */
  public static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = requireFinite(matrix[i].clone());
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS && !isDiagonal(a); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) if (a[p][q] != 0) rotate(a, v, p, q);
      }
    }
    int[] order = IntStream.range(0, n).boxed().sorted((i, j) -> Double.compare(a[j][j], a[i][i]))
        .mapToInt(Integer::intValue).toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = a[order[i]][order[i]];
      vectors[i] = v[order[i]];
    }
    return new SymmetricEigen(values, vectors);
  }

  private static double[] requireFinite(double[] row) {
    for (double x : row) {
      if (!Double.isFinite(x))
        throw new InvalidArgumentException("vectors hold numbers that are not finite, or too large");
    }
    return row;
  }

  /** Whether what is off the diagonal is no more than rounding of what is on it. */
  private static boolean isDiagonal(double[][] a) {
    double off = 0;
    double on = 0;
    for (int i = 0; i < a.length; i++) {
      on += a[i][i] * a[i][i];
      for (int j = i + 1; j < a.length; j++) off += a[i][j] * a[i][j];
    }
    return off <= 0x1p-110 * on;
  }

  /** Turns rows and columns p and q so that a[p][q] becomes 0; the rows of v turn along. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = tangent * cosine;
    for (double[] row : a) turn(row, p, row, q, cosine, sine);
    for (int i = 0; i < a.length; i++) {
      turn(a[p], i, a[q], i, cosine, sine);
      turn(v[p], i, v[q], i, cosine, sine);
    }
    a[p][q] = 0;
    a[q][p] = 0;
  }

  private static void turn(double[] x, int i, double[] y, int j, double cosine, double sine) {
    double before = x[i];
    x[i] = cosine * before - sine * y[j];
    y[j] = sine * before + cosine * y[j];
  }
}
