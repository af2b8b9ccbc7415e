package dev.sextant.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * y = x Wᵀ + b for many tokens. The tokens are laid out in blocks of 64, one vector holding the same feature of successive
 * tokens, so nothing is summed across lanes. Each thread decodes a panel of its rows of W into floats, few enough to stay
 * in its cache, and multiplies it with every block.
 */
final class BlockTask implements Workers.Task {
  private static final int BLOCK = TokenBlocks.SIZE;
  /** A panel has so many floats, or the least number of rows. */
  private static final int PANEL = 1 << 16;
  private static final int LEAST_ROWS = 8;
  /** So many features are summed in registers before the sum goes to memory: a block of them fits the cache. */
  private static final int DEPTH = 1024;
  /** Keeps rows of a power of two from competing for the same lines of the cache. */
  private static final int GAP = 16;

  private final Parallel parallel;
  private final TokenBlocks tokens;
  private Matrix w = new MatrixVector().w;
  private float @Nullable [] bias;
  private Rows y = new Rows(0);

  BlockTask(Parallel parallel) {
    this.parallel = parallel;
    tokens = new TokenBlocks(parallel);
  }

  void multiply(Matrix newW, float @Nullable [] newBias, Rows x, Rows newY) {
    w = newW;
    bias = newBias;
    y = newY;
    tokens.pack(x);
    parallel.run(this, (long) w.rows() * w.columns() * x.rows());
  }

  @Override
  public void run(int part, int parts) {
    int groups = Math.ceilDiv(w.rows(), LEAST_ROWS);
    int to = Math.min(w.rows(), LEAST_ROWS * Parallel.begin(groups, part + 1, parts));
    int step = Math.max(1, PANEL / (w.columns() + GAP) / LEAST_ROWS) * LEAST_ROWS;
    for (int from = LEAST_ROWS * Parallel.begin(groups, part, parts); from < to; from += step)
      panel(parallel.scratch()[part], from, Math.min(step, to - from));
  }

  private void panel(Scratch scratch, int from, int rows) {
    int stride = w.columns() + GAP;
    float[] panel = scratch.panel(rows * stride);
    float[] tile = scratch.tile(rows * BLOCK);
    for (int r = 0; r < rows; r++) parallel.kernels().decode(w, from + r, panel, r * stride);
    Product product = scratch.product.left(panel, 0, stride).result(tile, 0, BLOCK);
    for (int t = 0; t < y.rows(); t += BLOCK) {
      int count = Math.min(BLOCK, y.rows() - t);
      Arrays.fill(tile, 0, rows * BLOCK, 0);
      product.size(rows, 0, TokenBlocks.width(count));
      accumulate(product, t);
      write(tile, from, rows, t, count);
    }
  }

  private void accumulate(Product product, int t) {
    for (int k = 0; k < w.columns(); k += DEPTH) {
      product.leftAt = k;
      product.depth = Math.min(DEPTH, w.columns() - k);
      parallel.kernels().multiply(product.right(tokens.data(), tokens.at(t, k), BLOCK));
    }
  }

  /** From [row, token] to [token, row]. */
  private void write(float[] tile, int from, int rows, int t, int count) {
    float[] into = y.data();
    for (int i = 0; i < count; i++) {
      int at = y.at(t + i) + from;
      for (int r = 0; r < rows; r++) into[at + r] = tile[r * BLOCK + i];
      if (bias != null) for (int r = 0; r < rows; r++) into[at + r] += bias[from + r];
    }
  }
}
