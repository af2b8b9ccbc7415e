package dev.sextant.kernel;

/**
 * Activations laid out as [tokens / 64, features, 64 tokens]; in the last block so many tokens as are computed, close
 * together, since features a power of two apart would compete for the same lines of the cache. Tokens that are not there
 * leave their places undefined.
 */
final class TokenBlocks implements Workers.Task {
  static final int SIZE = 64;
  /** Products are computed for multiples of so many tokens. */
  private static final int GRAIN = 16;

  private final Parallel parallel;
  private Rows x = new Rows(0);
  private float[] data = {};

  TokenBlocks(Parallel parallel) {
    this.parallel = parallel;
  }

  float[] data() {
    return data;
  }

  /** How many tokens of the block that begins with one to compute, and how far its features lie apart. */
  int width(int first) {
    return Math.min(SIZE, Math.ceilDiv(x.rows() - first, GRAIN) * GRAIN);
  }

  /** Where one feature of the block lies that begins with a token. */
  int at(int first, int feature) {
    return first * x.width() + feature * width(first);
  }

  void pack(Rows newX) {
    x = newX;
    int last = Math.max(0, x.rows() - 1) / SIZE * SIZE;
    int wanted = Rows.size(last + width(last), x.width());
    if (data.length < wanted) data = new float[wanted];
    parallel.run(this, (long) x.rows() * x.width());
  }

  @Override
  public void run(int part, int parts) {
    int from = Parallel.begin(x.width(), part, parts);
    int to = Parallel.begin(x.width(), part + 1, parts);
    for (int t = 0; t < x.rows(); t += GRAIN) transpose(t, Math.min(GRAIN, x.rows() - t), from, to);
  }

  private void transpose(int t, int count, int from, int to) {
    float[] source = x.data();
    int block = t / SIZE * SIZE;
    int width = width(block);
    int origin = at(block, 0) + t - block;
    for (int f = from; f < to; f++) {
      int into = origin + f * width;
      for (int i = 0, at = x.at(t) + f; i < count; i++, at += x.width()) data[into + i] = source[at];
    }
  }
}
