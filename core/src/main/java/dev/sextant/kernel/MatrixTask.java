package dev.sextant.kernel;

import org.jspecify.annotations.Nullable;

/** y = x Wᵀ + b, shared out by rows of W: a few tokens one by one, more in blocks. */
final class MatrixTask implements Workers.Task {
  /** So many tokens go one by one: reading the weights again from the cache costs less than decoding them. */
  private static final int FEW = 3;
  /** Weights that stay in the cache while each of a few tokens passes over them, in bytes. */
  private static final int CACHED = 1 << 17;

  private final Parallel parallel;
  private final BlockTask blocks;
  private Matrix w = new MatrixVector().w;
  private float @Nullable [] bias;
  private Rows y = new Rows(0);
  private float[][] arranged = new float[FEW][0];

  MatrixTask(Parallel parallel) {
    this.parallel = parallel;
    blocks = new BlockTask(parallel);
  }

  void multiply(Matrix newW, float @Nullable [] newBias, Rows x, Rows newY) {
    if (x.rows() > FEW) {
      blocks.multiply(newW, newBias, x, newY);
      return;
    }
    w = newW;
    bias = newBias;
    y = newY;
    for (int t = 0; t < x.rows(); t++) arrange(x, t);
    parallel.run(this, (long) w.rows() * w.columns() * x.rows());
  }

  private void arrange(Rows x, int t) {
    if (arranged[t].length < w.columns()) arranged[t] = new float[w.columns()];
    parallel.kernels().arrange(w, x.data(), x.at(t), arranged[t]);
  }

  @Override
  public void run(int part, int parts) {
    MatrixVector product = parallel.scratch()[part].matrixVector;
    product.w = w;
    product.y = y.data();
    int to = Parallel.begin(w.rows(), part + 1, parts);
    int step = y.rows() == 1 ? w.rows() : (int) Math.max(4, CACHED / Math.max(1, w.rowBytes()));
    for (int from = Parallel.begin(w.rows(), part, parts); from < to; from += Math.min(step, to - from))
      rows(product, from, from + Math.min(step, to - from));
  }

  private void rows(MatrixVector product, int from, int to) {
    for (int t = 0; t < y.rows(); t++) {
      product.x = arranged[t];
      product.yAt = y.at(t);
      parallel.kernels().multiply(product, from, to);
      if (bias != null) addBias(bias, y.at(t), from, to);
    }
  }

  private void addBias(float[] b, int at, int from, int to) {
    for (int r = from; r < to; r++) y.data()[at + r] += b[r];
  }
}
