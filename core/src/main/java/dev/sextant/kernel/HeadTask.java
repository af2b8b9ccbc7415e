package dev.sextant.kernel;

/** A matrix times rows in parts, head by head; shared out by blocks of the matrix's rows. */
final class HeadTask implements Workers.Task {
  /** Rows of W, and tokens, that are multiplied together. */
  private static final int BLOCK = 64;

  private final Parallel parallel;
  private Matrix w = new MatrixVector().w;
  private Rows x = new Rows(0);
  private Rows y = x;
  private int heads;

  HeadTask(Parallel parallel) {
    this.parallel = parallel;
  }

  void multiply(Matrix newW, int newHeads, Rows newX, Rows newY) {
    w = newW;
    heads = newHeads;
    x = newX;
    y = newY;
    parallel.run(this, (long) w.rows() * w.columns() * x.rows());
  }

  @Override
  public void run(int part, int parts) {
    int blocks = Math.ceilDiv(w.rows(), BLOCK);
    int end = Parallel.begin(blocks, part + 1, parts);
    for (int block = Parallel.begin(blocks, part, parts); block < end; block++) {
      int from = block * BLOCK;
      multiply(from, Math.min(BLOCK, w.rows() - from), parallel.scratch()[part]);
    }
  }

  /** Some rows of W, read into a panel [columns, BLOCK], meet every head of every token. */
  private void multiply(int from, int rows, Scratch scratch) {
    float[] panel = scratch.panel(w.columns() * BLOCK);
    float[] tile = scratch.tile(Math.max(w.columns(), BLOCK * BLOCK));
    for (int r = 0; r < rows; r++) {
      parallel.kernels().decode(w, from + r, tile, 0);
      for (int c = 0; c < w.columns(); c++) panel[c * BLOCK + r] = tile[c];
    }
    for (int t = 0; t < x.rows(); t += BLOCK) {
      int tokens = Math.min(BLOCK, x.rows() - t);
      for (int head = 0; head < heads; head++) multiply(t, tokens, head, from, rows, scratch);
    }
  }

  private void multiply(int t, int tokens, int head, int from, int rows, Scratch scratch) {
    int width = x.width() / heads;
    float[] tile = scratch.tile(BLOCK * BLOCK);
    Product product = scratch.product.left(x.data(), x.at(t) + head * width, x.width());
    product.right(scratch.panel(0), head * width * BLOCK, BLOCK).result(tile, 0, BLOCK);
    parallel.kernels().multiply(product.size(tokens, width, Math.ceilDiv(rows, 16) * 16));
    for (int i = 0; i < tokens; i++)
      System.arraycopy(tile, i * BLOCK, y.data(), y.at((t + i) * heads + head) + from, rows);
  }
}
