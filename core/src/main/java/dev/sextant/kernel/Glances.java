package dev.sextant.kernel;

/**
 * What some queries see in chunks of the text, before softmax over the whole: for each query and chunk the highest score,
 * the sum of exp(score - highest), and the sum of the values weighed by exp(score - highest). From these the result follows
 * whatever the order in which the chunks were looked at (as in FlashAttention, arXiv:2205.14135), and it is always put
 * together in the order of the text.
 */
final class Glances {
  /** Behind the features of each query and chunk. */
  private static final int EXTRAS = 16;

  private float[] data = {};
  private float[] factors = {};
  /** The first chunk. */
  private int first;
  private int chunks;
  private int width;

  /** Makes room for so many queries, some successive chunks, and features of a value; what they hold is undefined. */
  void resize(int queries, int newFirst, int newChunks, int newWidth) {
    first = newFirst;
    chunks = newChunks;
    width = newWidth;
    int wanted = Rows.size((long) queries * chunks, width + EXTRAS);
    if (data.length < wanted) data = new float[wanted];
    if (factors.length < chunks) factors = new float[Math.max(chunks, 2 * factors.length)];
  }

  float[] data() {
    return data;
  }

  /** Where the weighed values of a query and chunk begin. */
  int at(int query, int chunk) {
    return (query * chunks + chunk - first) * (width + EXTRAS);
  }

  /** From the weighed values of one query to the next one's. */
  int stride() {
    return chunks * (width + EXTRAS);
  }

  /** Sets highest score and sum of exponentials. */
  void put(int query, int chunk, float highest, float sum) {
    int at = at(query, chunk) + width;
    data[at] = highest;
    data[at + 1] = sum;
  }

  int first() {
    return first;
  }

  int chunks() {
    return chunks;
  }

  /**
   * Puts the chunks of a query together: {@code into[0 .. width - 1]} becomes the sum of the values weighed by softmax.
   *
   * @return for each chunk what exp(score - highest) is to be multiplied by to give the probability; live
   */
  float[] merge(int query, float[] into, Kernels kernels, Scratch scratch) {
    int at = at(query, first);
    if (chunks == 1) {
      factors[0] = 1 / data[at + width + 1];
      System.arraycopy(data, at, into, 0, width);
      kernels.scale(into, factors[0], 0, width);
      return factors;
    }
    float highest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < chunks; c++) {
      factors[c] = data[at + c * (width + EXTRAS) + width];
      highest = Math.max(highest, factors[c]);
    }
    kernels.exponentiate(factors, 0, chunks, highest, scratch.lanes);
    double sum = 0;
    for (int c = 0; c < chunks; c++) sum += (double) factors[c] * data[at + c * (width + EXTRAS) + width + 1];
    kernels.scale(factors, (float) (1 / sum), 0, chunks);
    kernels.multiply(scratch.product.left(factors, 0, chunks).right(data, at, width + EXTRAS).result(into, 0, width)
        .size(1, chunks, width));
    return factors;
  }
}
