package dev.sextant.kernel;

/**
 * Up to four queries that pass over the same keys and values together: successive tokens of one head, or heads of one token
 * that share a key/value head. They look at one chunk of the text at a time, so the working memory is the same however long
 * it is.
 */
final class AttentionGroup {
  /** Queries in a group. */
  static final int SIZE = 4;
  /** Positions in a chunk: a multiple of a block of keys, within a page. */
  static final int CHUNK = KeyValues.SMALL;
  private static final int BLOCK = KeyValues.BLOCK;

  private final AttentionTask job;
  private final Kernels kernels;
  private final Scratch scratch;
  /** Weights before softmax [SIZE, CHUNK]. */
  private final float[] scores = new float[SIZE * CHUNK];
  private int keyValueHead;
  private int count;
  private int token;
  private int head;
  /** From query to query. */
  private int tokenStep;
  private int headStep;
  /** The first position of the chunk. */
  private int origin;

  AttentionGroup(AttentionTask job, Kernels kernels, Scratch scratch) {
    this.job = job;
    this.kernels = kernels;
    this.scratch = scratch;
  }

  /** From now on, the tokens from {@code first} on, one head of each. */
  void tokens(int first, int queryHead) {
    token = first;
    head = queryHead;
    tokenStep = 1;
    headStep = 0;
    keyValueHead = queryHead / job.share();
    count = Math.min(SIZE, job.query.rows() - first);
  }

  /** From now on, the only token's heads that share a key/value head, from {@code first} of them on. */
  void heads(int sharedHead, int first) {
    token = 0;
    head = sharedHead * job.share() + first;
    tokenStep = 0;
    headStep = 1;
    keyValueHead = sharedHead;
    count = Math.min(SIZE, job.share() - first);
  }

  int count() {
    return count;
  }

  int token(int i) {
    return token + i * tokenStep;
  }

  int head(int i) {
    return head + i * headStep;
  }

  /**
   * Looks at a chunk.
   *
   * @param row where the first of the queries is among the glances
   */
  void look(int chunk, Glances glances, int row) {
    origin = chunk * CHUNK;
    score();
    for (int i = 0; i < count; i++) weigh(i, chunk, glances, row + i);
    mix(chunk, glances, row);
  }

  /** The first position in the chunk that a query sees, or its end. */
  private int begin(int i) {
    return Math.clamp(job.begin(token(i)), origin, origin + CHUNK);
  }

  /** The position in the chunk after the last that a query sees, or its beginning. */
  private int end(int i) {
    return Math.clamp(job.end(token(i)), origin, origin + CHUNK);
  }

  /** Queries times keys, by whole blocks: what lies before or after the text is not looked at. */
  private void score() {
    int width = job.shape.headWidth();
    int step = tokenStep * job.query.width() + headStep * width;
    Product product = scratch.product.left(job.query.data(), job.query.at(token) + head * width, step);
    int to = end(count - 1);
    for (int s = begin(0) / BLOCK * BLOCK; s < to; s += BLOCK) {
      job.cache.multipliedKeys(product, s, keyValueHead);
      kernels.multiply(product.result(scores, s - origin, CHUNK).size(count, width, BLOCK));
    }
  }

  /** Scores become exponentials of their distances to the highest. */
  private void weigh(int i, int chunk, Glances glances, int row) {
    int from = i * CHUNK + begin(i) - origin;
    int to = i * CHUNK + end(i) - origin;
    Findings findings = job.findings;
    float highest = kernels.score(scores, from, to, job.shape, scratch.lanes);
    if (findings.scores() != null) tell(findings.scores(), i);
    float base = highest == Float.NEGATIVE_INFINITY ? 0 : highest; // then all weights are 0
    glances.put(row, chunk, highest, kernels.exponentiate(scores, from, to, base, scratch.lanes));
    if (findings.probabilities() != null) tell(findings.probabilities(), i);
  }

  /**
   * Weights times values. What all queries see they pass over together; the few positions that only some see go query by
   * query, since weight 0 would not keep out a value that is infinite or NaN.
   */
  private void mix(int chunk, Glances glances, int row) {
    int sharedEnd = end(0);
    int shared = Math.min(begin(count - 1), sharedEnd);
    Product product = scratch.product.result(glances.data(), glances.at(row, chunk), glances.stride());
    multiply(product, 0, count, shared, sharedEnd);
    for (int i = 0; i < count; i++) {
      add(i, begin(i), Math.min(shared, end(i)), glances.data(), glances.at(row + i, chunk));
      add(i, Math.max(sharedEnd, begin(i)), end(i), glances.data(), glances.at(row + i, chunk));
    }
  }

  /** Multiplies the weights of some queries by the values from one position to another. */
  private void multiply(Product product, int first, int queries, int begin, int end) {
    job.cache.multipliedValues(product, Math.min(begin, origin + CHUNK - 1), keyValueHead);
    product.left(scores, first * CHUNK + begin - origin, CHUNK);
    kernels.multiply(product.size(queries, Math.max(0, end - begin), job.cache.valueStride()));
  }

  private void add(int i, int begin, int end, float[] into, int at) {
    if (begin >= end) return;
    int width = job.cache.valueStride();
    float[] tile = scratch.tile(width);
    multiply(scratch.product.result(tile, 0, width), i, 1, begin, end);
    kernels.add(tile, 0, into, at, width);
  }

  /** Copies what a query's positions have, scores or weights, where someone wants to know; the rest of the row is filled. */
  private void tell(Rows into, int i) {
    int token = token(i) - job.findings.from();
    if (token < 0) return;
    int row = into.at(token * job.shape.heads() + head(i));
    System.arraycopy(scores, i * CHUNK + begin(i) - origin, into.data(), row + begin(i), end(i) - begin(i));
  }
}
