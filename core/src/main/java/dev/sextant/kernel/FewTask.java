package dev.sextant.kernel;

/** Matrices times few tokens, each by itself: reading weights again from the cache costs less than decoding them. */
final class FewTask extends MatrixTask {
  /** At most so many tokens. */
  static final int MOST = 8;
  /** Bytes of weights that stay in the cache while each token passes over them. */
  private static final int CACHED = 1 << 17;

  private final Arranged[] arranged = new Arranged[MOST];

  FewTask(Parallel parallel) {
    super(parallel);
    for (int t = 0; t < MOST; t++) arranged[t] = new Arranged();
  }

  @Override
  void prepare(Rows x) {
    for (int t = 0; t < x.rows(); t++) parallel.kernels().arrange(w[0], x.data(), x.at(t), arranged[t]);
  }

  @Override
  void rows(int matrix, int from, int to, Scratch scratch) {
    int step = y[matrix].rows() == 1 ? to - from : step(w[matrix]);
    for (int next, row = from; row < to; row = next) {
      next = Math.min(to, row + step);
      for (int t = 0; t < y[matrix].rows(); t++) token(matrix, row, next, t, scratch.matrixVector);
    }
  }

  private static int step(Matrix m) {
    return (int) Math.max(1, CACHED / Math.max(1, m.rowBytes()) / GRAIN) * GRAIN;
  }

  private void token(int matrix, int from, int to, int t, MatrixVector product) {
    Rows into = y[matrix];
    product.w = w[matrix];
    product.x = arranged[t];
    product.y = into.data();
    product.yAt = into.at(t);
    parallel.kernels().multiply(product, from, to);
    float[] b = bias[matrix];
    if (b != null) for (int r = from; r < to; r++) into.data()[into.at(t) + r] += b[r];
  }
}
