package dev.sextant.numeric;

import java.util.ArrayList;
import java.util.List;

/**
 * The singular value decomposition of a matrix that is a product of thin ones, Lᵀ R, found without forming it: from the two
 * Gram matrices, whose size is that of the short side. Singular values below 1e-7 of the largest are noise.
 */
public final class LowRank {
  /** Eigenvalues below this share of the largest are rounding. */
  private static final double RANK = 1e-14;

  private LowRank() {}

  /**
   * A singular value with its two directions, of length 1: the matrix maps {@code right} to {@code value} times {@code left}.
   * Of the two possible signs, the one in which the largest number of {@code left} is positive.
   */
  public record Singular(double value, double[] left, double[] right) {}

  /**
   * All singular values above rounding, the largest first.
   *
   * @param l [r, m], r at most some hundreds
   * @param r [r, n]
   */
  public static List<Singular> singular(double[][] l, double[][] r) {
    SymmetricEigen right = SymmetricEigen.of(gram(r));
    int rank = 0;
    while (rank < r.length && right.values()[rank] > RANK * right.values()[0]) rank++;
    // Rows of an orthonormal basis of R's row space, and R in that basis: R = whitenedᵀ basis.
    double[][] basis = new double[rank][];
    double[][] whitened = new double[rank][];
    for (int i = 0; i < rank; i++) {
      double root = Math.sqrt(right.values()[i]);
      basis[i] = scaled(combined(right.vectors()[i], r), 1 / root);
      whitened[i] = scaled(right.vectors()[i], root);
    }
    double[][] carried = new double[rank][];
    for (int i = 0; i < rank; i++) carried[i] = combined(whitened[i], l);
    SymmetricEigen middle = SymmetricEigen.of(gram(carried));
    List<Singular> found = new ArrayList<>(rank);
    for (int i = 0; i < rank && middle.values()[i] > RANK * middle.values()[0]; i++) {
      found.add(pair(combined(middle.vectors()[i], carried), combined(middle.vectors()[i], basis)));
    }
    return found;
  }

  private static Singular pair(double[] image, double[] right) {
    double value = Math.sqrt(dot(image, image));
    double sign = sign(image);
    return new Singular(value, scaled(image, sign / value), scaled(right, sign));
  }

  /** 1, or -1 where the number farthest from 0, the first among equals, is negative. */
  public static double sign(double[] v) {
    double farthest = 0;
    for (double x : v) if (Math.abs(x) > Math.abs(farthest)) farthest = x;
    return farthest < 0 ? -1 : 1;
  }

  /** The dot products of all rows with each other. */
  public static double[][] gram(double[][] rows) {
    double[][] gram = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        gram[i][j] = dot(rows[i], rows[j]);
        gram[j][i] = gram[i][j];
      }
    }
    return gram;
  }

  /** The sum of the rows, each times its weight. */
  public static double[] combined(double[] weights, double[][] rows) {
    double[] sum = new double[rows.length == 0 ? 0 : rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < sum.length; i++) sum[i] += weights[r] * rows[r][i];
    }
    return sum;
  }

  private static double[] scaled(double[] v, double factor) {
    double[] scaled = new double[v.length];
    for (int i = 0; i < v.length; i++) scaled[i] = v[i] * factor;
    return scaled;
  }

  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0; // four sums in flight: one alone would wait for each addition
    int i = 0;
    for (; i <= a.length - 4; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) s0 += a[i] * b[i];
    return (s0 + s1) + (s2 + s3);
  }
}
