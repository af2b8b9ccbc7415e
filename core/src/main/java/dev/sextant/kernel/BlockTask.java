package dev.sextant.kernel;

/**
 * Matrices times many tokens. The tokens are laid out in blocks of 64, one vector holding the same feature of successive
 * tokens, so nothing is summed across lanes. Each thread decodes a panel of its rows of W into floats, few enough to stay
 * in its cache, and multiplies it with every block.
 */
final class BlockTask extends MatrixTask {
  private static final int BLOCK = TokenBlocks.SIZE;
  /** A panel has so many floats, or the least number of rows. */
  private static final int PANEL = 1 << 16;
  /** So many features are summed in registers before the sum goes to memory: a block of them fits the cache. */
  private static final int DEPTH = 1024;
  /** Keeps rows of a power of two from competing for the same lines of the cache. */
  private static final int GAP = 16;

  private final TokenBlocks tokens;
  private final RowTask.Round round;

  BlockTask(Parallel parallel) {
    super(parallel);
    tokens = new TokenBlocks(parallel);
    round = new RowTask.Round(parallel);
  }

  /** Q4 is multiplied by the same rounded x as with few tokens, so that it does not matter how many come. */
  @Override
  void prepare(Rows x) {
    tokens.pack(w[0] instanceof Matrix.Q4 ? round.rounded(x) : x);
  }

  @Override
  void rows(int matrix, int from, int to, Scratch scratch) {
    int step = Math.max(1, PANEL / (w[matrix].columns() + GAP) / GRAIN) * GRAIN;
    for (int row = from; row < to; row += step) panel(scratch, matrix, row, Math.min(step, to - row));
  }

  private void panel(Scratch scratch, int matrix, int from, int rows) {
    Matrix m = w[matrix];
    int stride = m.columns() + GAP;
    float[] panel = scratch.panel(Rows.size(rows, stride));
    float[] tile = scratch.tile(2 * rows * BLOCK);
    for (int r = 0; r < rows; r++) parallel.kernels().decode(m, from + r, panel, r * stride);
    Product product = scratch.product.left(panel, 0, stride);
    for (int t = 0; t < y[matrix].rows(); t += BLOCK) {
      int width = tokens.width(t);
      int count = Math.min(BLOCK, y[matrix].rows() - t);
      accumulate(product.result(tile, 0, width).size(rows, 0, width), t, m.columns());
      for (int i = 0; i < count; i++) write(product, i, rows, matrix, y[matrix].at(t + i) + from);
      addBias(matrix, from, rows, t, count);
    }
  }

  /** Leaves the product with the block of a token in the first half of the tile. */
  private void accumulate(Product product, int t, int columns) {
    int half = product.rows * BLOCK;
    for (int k = 0; k < columns; k += DEPTH) {
      product.leftAt = k;
      product.depth = Math.min(DEPTH, columns - k);
      product.resultAt = k == 0 ? 0 : half;
      parallel.kernels().multiply(product.right(tokens.data(), tokens.at(t, k), product.width));
      if (k > 0) parallel.kernels().add(product.result, half, product.result, 0, half);
    }
  }

  /** From [row, token] to [token, row]. */
  private void write(Product product, int token, int rows, int matrix, int at) {
    float[] into = y[matrix].data();
    float[] tile = product.result;
    int width = product.width;
    for (int r = 0; r < rows; r++) into[at + r] = tile[r * width + token];
  }

  private void addBias(int matrix, int from, int rows, int t, int count) {
    float[] b = bias[matrix];
    if (b == null) return;
    for (int i = t; i < t + count; i++) {
      int at = y[matrix].at(i);
      for (int r = from; r < from + rows; r++) y[matrix].data()[at + r] += b[r];
    }
  }
}
