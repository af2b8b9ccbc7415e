package dev.sextant.kernel;

/**
 * A matrix times rows in parts, head by head. Works like {@link BlockTask}, but sums over the columns of one head at a time;
 * shared out by rows of the matrix.
 */
final class HeadTask implements Workers.Task {
  private static final int BLOCK = TokenBlocks.SIZE;
  /** Rows of W that are read together. */
  private static final int ROWS = 32;
  /** Keeps rows of a power of two from competing for the same lines of the cache. */
  private static final int GAP = 16;

  private final Parallel parallel;
  private final TokenBlocks tokens;
  private Matrix w = new MatrixVector().w;
  private Rows y = new Rows(0);
  private int heads;

  HeadTask(Parallel parallel) {
    this.parallel = parallel;
    tokens = new TokenBlocks(parallel);
  }

  void multiply(Matrix newW, int newHeads, Rows x, Rows newY) {
    w = newW;
    heads = newHeads;
    y = newY;
    tokens.pack(x);
    parallel.run(this, (long) w.rows() * w.columns() * x.rows());
  }

  @Override
  public void run(int part, int parts) {
    int end = Parallel.begin(w.rows(), part + 1, parts);
    for (int row = Parallel.begin(w.rows(), part, parts); row < end; row += ROWS)
      panel(row, Math.min(ROWS, end - row), parallel.scratch()[part]);
  }

  private void panel(int from, int rows, Scratch scratch) {
    int stride = w.columns() + GAP;
    float[] panel = scratch.panel(Rows.size(rows, stride));
    for (int r = 0; r < rows; r++) parallel.kernels().decode(w, from + r, panel, r * stride);
    Product product = scratch.product.result(scratch.tile(rows * BLOCK), 0, BLOCK);
    int depth = w.columns() / heads;
    int count = y.rows() / heads;
    for (int t = 0; t < count; t += BLOCK) {
      int width = tokens.width(t);
      for (int head = 0; head < heads; head++) {
        product.left(panel, head * depth, stride).right(tokens.data(), tokens.at(t, head * depth), width);
        parallel.kernels().multiply(product.size(rows, depth, width));
        for (int i = 0; i < Math.min(BLOCK, count - t); i++) write(product, i, y.at((t + i) * heads + head) + from);
      }
    }
  }

  /** From [row, token] to [token, row]. */
  private void write(Product product, int token, int at) {
    float[] into = y.data();
    for (int r = 0; r < product.rows; r++) into[at + r] = product.result[r * BLOCK + token];
  }
}
