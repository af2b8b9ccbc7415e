package dev.sextant.kernel;

/** y = Wᵀ x for some matrices of one shape, each with its own x: all their columns, in grains, are shared out evenly. */
final class TransposedTask implements Workers.Task {
  private final Parallel parallel;
  private Matrix[] w = {};
  private Rows x = new Rows(0);
  private Rows y = x;

  TransposedTask(Parallel parallel) {
    this.parallel = parallel;
  }

  void multiply(Matrix[] newW, Rows newX, Rows newY) {
    w = newW;
    x = newX;
    y = newY;
    parallel.run(this, (long) w.length * x.width() * y.width());
  }

  @Override
  public void run(int part, int parts) {
    int each = Math.ceilDiv(y.width(), Transposed.GRAIN);
    int from = Parallel.begin(w.length * each, part, parts);
    int to = Parallel.begin(w.length * each, part + 1, parts);
    for (int matrix = 0; matrix < w.length; matrix++) {
      int first = Math.max(0, from - matrix * each) * Transposed.GRAIN;
      int end = Math.min(y.width(), Math.min(each, to - matrix * each) * Transposed.GRAIN);
      if (first < end) columns(matrix, first, end, parallel.scratch()[part].transposed);
    }
  }

  private void columns(int matrix, int from, int to, Transposed product) {
    product.w = w[matrix];
    product.x = x.data();
    product.xAt = x.at(matrix);
    product.y = y.data();
    product.yAt = y.at(matrix);
    parallel.kernels().multiply(product, from, to);
  }
}
