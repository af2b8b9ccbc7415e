package dev.sextant.kernel;

import java.util.Arrays;

/**
 * Attention of one query head for up to four successive tokens, which pass over the keys and values together. The working
 * memory is four rows of scores, however long the prompt.
 */
final class AttentionGroup {
  /** Tokens in a group. */
  static final int SIZE = 4;
  private static final int BLOCK = KeyValues.BLOCK;
  private static final int PAGE = KeyValues.PAGE;
  /** Scores are computed for multiples of so many keys. */
  private static final int GRAIN = 16;

  private final AttentionTask job;
  private final Kernels kernels;
  private final Scratch scratch;
  private int token;
  private int count;
  private int head;
  /** The first position in the rows of scores, at the beginning of a block. */
  private int from;
  /** After the last position any token of the group sees. */
  private int to;
  private int stride;
  private float[] scores = {};

  AttentionGroup(AttentionTask job, Kernels kernels, Scratch scratch) {
    this.job = job;
    this.kernels = kernels;
    this.scratch = scratch;
  }

  /** Attends for the tokens of the query from {@code newToken} on. */
  void attend(int newToken, int newHead) {
    token = newToken;
    head = newHead;
    count = Math.min(SIZE, job.query.rows() - token);
    from = job.begin(token) / BLOCK * BLOCK;
    to = job.end(token + count - 1);
    stride = Math.ceilDiv(to - from, BLOCK) * BLOCK;
    scores = scratch.panel(SIZE * stride);
    score();
    for (int i = 0; i < count; i++) weigh(i);
    mix();
    if (job.probabilities != null) for (int i = 0; i < count; i++) report(job.probabilities, i);
  }

  private int keyValueHead() {
    return head / (job.shape.heads() / job.shape.keyValueHeads());
  }

  /** Query times keys, block by block. */
  private void score() {
    int width = job.shape.headWidth();
    Product product = scratch.product.left(job.query.data(), job.query.at(token) + head * width, job.query.width());
    for (int s = from; s < to; s += BLOCK) {
      int keys = Math.min(BLOCK, Math.ceilDiv(to - s, GRAIN) * GRAIN);
      product.right(job.cache.keyPage(s), job.cache.keyAt(s, keyValueHead()), BLOCK);
      kernels.multiply(product.result(scores, s - from, stride).size(count, width, keys));
    }
  }

  /** Softmax over the positions a token sees; 0 for the others. */
  private void weigh(int i) {
    int row = i * stride;
    int first = row + job.begin(token + i) - from;
    int end = row + job.end(token + i) - from;
    Arrays.fill(scores, row, first, 0);
    kernels.softmax(scores, first, end, job.shape, scratch.lanes);
    Arrays.fill(scores, end, row + stride, 0);
  }

  /**
   * Probabilities times values. What all tokens of the group see they pass over together; the few positions that only
   * some see go token by token, since weight 0 would not keep out a value that is infinite or NaN.
   */
  private void mix() {
    int padded = job.cache.valueStride();
    float[] sum = scratch.tile(2 * SIZE * padded);
    Arrays.fill(sum, 0, count * padded, 0);
    int shared = Math.min(job.begin(token + count - 1), job.end(token));
    int sharedEnd = job.end(token);
    for (int i = 0; i < count; i++) mix(i, 1, job.begin(token + i), shared, sum);
    mix(0, count, shared, sharedEnd, sum);
    for (int i = 0; i < count; i++) mix(i, 1, sharedEnd, job.end(token + i), sum);
    int width = job.shape.headWidth();
    for (int i = 0; i < count; i++)
      System.arraycopy(sum, i * padded, job.mixed.data(), job.mixed.at(token + i) + head * width, width);
  }

  /** Adds what some tokens of the group see between two positions, page by page. */
  private void mix(int first, int tokens, int begin, int end, float[] sum) {
    int padded = job.cache.valueStride();
    int part = SIZE * padded;
    Product product = scratch.product.result(sum, part, padded);
    for (int next, s = begin; s < end; s = next) {
      next = Math.min(end, (s / PAGE + 1) * PAGE);
      product.right(job.cache.valuePage(s), job.cache.valueAt(s, keyValueHead()), padded);
      kernels.multiply(product.left(scores, first * stride + s - from, stride).size(tokens, next - s, padded));
      kernels.add(sum, part, sum, first * padded, tokens * padded);
    }
  }

  private void report(Rows probabilities, int i) {
    int row = probabilities.at((token + i) * job.shape.heads() + head);
    float[] into = probabilities.data();
    Arrays.fill(into, row, row + from, 0);
    System.arraycopy(scores, i * stride, into, row + from, to - from);
    Arrays.fill(into, row + to, row + probabilities.width(), 0);
  }
}
