package dev.sextant.kernel;

/** Activations laid out as [tokens / 64, features, 64 tokens]. Tokens that are not there leave their places undefined. */
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

  /** How many of a block's places to compute when so many are taken: the whole block costs less than three quarters. */
  static int width(int count) {
    return count > SIZE / 2 ? SIZE : Math.ceilDiv(count, GRAIN) * GRAIN;
  }

  float[] data() {
    return data;
  }

  /** Where one feature of the block lies that begins with a token. */
  int at(int token, int feature) {
    return (token / SIZE * x.width() + feature) * SIZE;
  }

  void pack(Rows newX) {
    x = newX;
    int wanted = Math.multiplyExact(Math.ceilDiv(x.rows(), SIZE) * SIZE, x.width());
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
    for (int f = from; f < to; f++) {
      int into = at(t, f) + t % SIZE;
      for (int i = 0, at = x.at(t) + f; i < count; i++, at += x.width()) data[into + i] = source[at];
    }
  }
}
