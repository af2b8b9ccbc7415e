package dev.sextant.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** y = x Wᵀ + b for some matrices and the same x: all their rows, one matrix after the other, are shared out evenly. */
abstract class MatrixTask implements Workers.Task {
  /** Parts begin at multiples of so many rows of a matrix, those that lie together in a quantised one. */
  static final int GRAIN = Blocks.ROWS;

  final Parallel parallel;
  Matrix[] w = {};
  float[] @Nullable [] bias = {};
  Rows[] y = {};
  private int matrices;

  MatrixTask(Parallel parallel) {
    this.parallel = parallel;
  }

  /** Forgets the matrices of the last run and takes up one. */
  void begin(Matrix newW, float @Nullable [] newBias, Rows newY) {
    matrices = 0;
    add(newW, newBias, newY);
  }

  void add(Matrix newW, float @Nullable [] newBias, Rows newY) {
    if (matrices == w.length) {
      w = Arrays.copyOf(w, matrices + 1);
      bias = Arrays.copyOf(bias, matrices + 1);
      y = Arrays.copyOf(y, matrices + 1);
    }
    w[matrices] = newW;
    bias[matrices] = newBias;
    y[matrices++] = newY;
  }

  /** Multiplies the matrices taken up by x. */
  final void multiply(Rows x) {
    prepare(x);
    long weights = 0;
    for (int m = 0; m < matrices; m++) weights += (long) w[m].rows() * w[m].columns();
    parallel.run(this, weights * x.rows());
  }

  /** Lays x out. */
  abstract void prepare(Rows x);

  /** Computes the rows {@code from .. to - 1} of one matrix. */
  abstract void rows(int matrix, int from, int to, Scratch scratch);

  @Override
  public final void run(int part, int parts) {
    int grains = 0;
    for (int m = 0; m < matrices; m++) grains += Math.ceilDiv(w[m].rows(), GRAIN);
    int from = Parallel.begin(grains, part, parts);
    int to = Parallel.begin(grains, part + 1, parts);
    for (int m = 0; m < matrices; m++) {
      int all = Math.ceilDiv(w[m].rows(), GRAIN);
      int first = Math.max(0, from) * GRAIN;
      int end = Math.min(w[m].rows(), Math.min(all, to) * GRAIN);
      if (first < end) rows(m, first, end, parallel.scratch()[part]);
      from -= all;
      to -= all;
    }
  }
}
