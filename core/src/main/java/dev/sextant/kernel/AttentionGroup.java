package dev.sextant.kernel;

import java.util.Arrays;

/**
 * Attention for up to four queries that pass over the same keys and values together: successive tokens of one head, or
 * heads of one token that share a key/value head. The working memory is four rows of scores, however long the prompt.
 */
final class AttentionGroup {
  /** Queries in a group. */
  static final int SIZE = 4;
  private static final int BLOCK = KeyValues.BLOCK;
  /** Scores are computed for multiples of so many keys. */
  private static final int GRAIN = 16;

  private final AttentionTask job;
  private final Kernels kernels;
  private final Scratch scratch;
  private int keyValueHead;
  private int count;
  private int token;
  private int head;
  /** From query to query. */
  private int tokenStep;
  private int headStep;
  /** The first position in the rows of scores, at the beginning of a block. */
  private int from;
  /** After the last position any query sees. */
  private int to;
  private int stride;
  private float[] scores = {};

  AttentionGroup(AttentionTask job, Kernels kernels, Scratch scratch) {
    this.job = job;
    this.kernels = kernels;
    this.scratch = scratch;
  }

  /** Attends for one head of the tokens from {@code first} on. */
  void attendTokens(int first, int queryHead) {
    token = first;
    head = queryHead;
    tokenStep = 1;
    headStep = 0;
    keyValueHead = queryHead / share();
    attend(Math.min(SIZE, job.query.rows() - first));
  }

  /** Attends for the only token's heads that share a key/value head, from {@code first} of them on. */
  void attendHeads(int sharedHead, int first) {
    token = 0;
    head = sharedHead * share() + first;
    tokenStep = 0;
    headStep = 1;
    keyValueHead = sharedHead;
    attend(Math.min(SIZE, share() - first));
  }

  private int share() {
    return job.shape.heads() / job.shape.keyValueHeads();
  }

  private void attend(int queries) {
    count = queries;
    from = job.begin(token) / BLOCK * BLOCK;
    to = job.end(token(count - 1));
    stride = Math.ceilDiv(to - from, BLOCK) * BLOCK;
    scores = scratch.panel(SIZE * stride);
    score();
    Findings findings = job.findings;
    if (findings.scores() != null) for (int i = 0; i < count; i++) tellScores(findings.scores(), i);
    for (int i = 0; i < count; i++) weigh(i);
    if (findings.probabilities() != null) for (int i = 0; i < count; i++) tell(findings.probabilities(), i, 0);
    mix();
  }

  private int token(int i) {
    return token + i * tokenStep;
  }

  private int head(int i) {
    return head + i * headStep;
  }

  /** Query times keys, block by block. */
  private void score() {
    int width = job.shape.headWidth();
    int step = tokenStep * job.query.width() + headStep * width;
    Product product = scratch.product.left(job.query.data(), job.query.at(token) + head * width, step);
    for (int s = from; s < to; s += BLOCK) {
      int keys = Math.min(BLOCK, Math.ceilDiv(to - s, GRAIN) * GRAIN);
      product.right(job.cache.keyPage(s), job.cache.keyAt(s, keyValueHead), BLOCK);
      kernels.multiply(product.result(scores, s - from, stride).size(count, width, keys));
    }
  }

  /** Softmax over the positions a query sees; 0 for the others. */
  private void weigh(int i) {
    int row = i * stride;
    int first = row + job.begin(token(i)) - from;
    int end = row + job.end(token(i)) - from;
    Arrays.fill(scores, row, first, 0);
    kernels.softmax(scores, first, end, job.shape, scratch.lanes);
    Arrays.fill(scores, end, row + stride, 0);
  }

  /**
   * Probabilities times values. What all queries see they pass over together; the few positions that only some see go
   * query by query, since weight 0 would not keep out a value that is infinite or NaN.
   */
  private void mix() {
    int padded = job.cache.valueStride();
    float[] sum = scratch.tile(2 * SIZE * padded);
    Arrays.fill(sum, 0, count * padded, 0);
    int sharedEnd = job.end(token);
    int shared = Math.min(job.begin(token(count - 1)), sharedEnd);
    for (int i = 0; i < count; i++) mix(i, 1, job.begin(token(i)), shared, sum);
    mix(0, count, shared, sharedEnd, sum);
    for (int i = 0; i < count; i++) mix(i, 1, sharedEnd, job.end(token(i)), sum);
    int width = job.shape.headWidth();
    for (int i = 0; i < count; i++)
      System.arraycopy(sum, i * padded, job.mixed.data(), job.mixed.at(token(i)) + head(i) * width, width);
  }

  /** Adds what some queries see between two positions, page by page. */
  private void mix(int first, int queries, int begin, int end, float[] sum) {
    int padded = job.cache.valueStride();
    int part = SIZE * padded;
    Product product = scratch.product.result(sum, part, padded);
    for (int next, s = begin; s < end; s = next) {
      next = Math.min(end, job.cache.pageEnd(s));
      product.right(job.cache.valuePage(s), job.cache.valueAt(s, keyValueHead), padded);
      kernels.multiply(product.left(scores, first * stride + s - from, stride).size(queries, next - s, padded));
      kernels.add(sum, part, sum, first * padded, queries * padded);
    }
  }

  /** Copies the scores of a query as the softmax will see them. */
  private void tellScores(Rows into, int i) {
    int row = tell(into, i, Float.NEGATIVE_INFINITY);
    if (row < 0) return;
    int first = row + job.begin(token(i));
    int end = row + job.end(token(i));
    kernels.scale(into.data(), job.shape.scale(), first, end);
    if (job.shape.softCap() > 0) kernels.cap(into.data(), job.shape.softCap(), first, end, scratch.lanes);
  }

  /**
   * Copies the row of a query, with something else where it sees nothing.
   *
   * @return where the row begins; -1 if it is not wanted
   */
  private int tell(Rows into, int i, float masked) {
    int token = token(i) - job.findings.from();
    if (token < 0) return -1;
    int row = into.at(token * job.shape.heads() + head(i));
    int first = job.begin(token(i));
    int end = job.end(token(i));
    Arrays.fill(into.data(), row, row + first, masked);
    System.arraycopy(scores, i * stride + first - from, into.data(), row + first, end - first);
    Arrays.fill(into.data(), row + end, row + into.width(), masked);
    return row;
  }
}
