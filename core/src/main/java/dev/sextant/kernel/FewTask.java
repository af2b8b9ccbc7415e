package dev.sextant.kernel;

/** Matrices times few tokens, each summed by itself: reading weights again from the cache costs less than decoding them. */
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
    MatrixVector[] products = scratch.matrixVectors;
    int tokens = y[matrix].rows();
    for (int t = 0; t < tokens; t++) set(products[t], matrix, t);
    int step = tokens == 1 ? to - from : step(w[matrix]);
    for (int row = from; row < to; row += step)
      parallel.kernels().multiply(products, tokens, row, Math.min(to, row + step));
    for (int t = 0; t < tokens; t++) addBias(matrix, from, to, t);
  }

  private static int step(Matrix m) {
    return (int) Math.max(1, CACHED / Math.max(1, m.rowBytes()) / GRAIN) * GRAIN;
  }

  private void set(MatrixVector product, int matrix, int t) {
    product.w = w[matrix];
    product.x = arranged[t];
    product.y = y[matrix].data();
    product.yAt = y[matrix].at(t);
  }

  private void addBias(int matrix, int from, int to, int t) {
    float[] b = bias[matrix];
    if (b == null) return;
    int at = y[matrix].at(t);
    for (int r = from; r < to; r++) y[matrix].data()[at + r] += b[r];
  }
}
