package dev.sextant.kernel;

/**
 * Up to four queries that pass over the same keys and values together: successive tokens of one head, or heads of one token
 * that share a key/value head. They look at one chunk of the text at a time, so the working memory is the same however long
 * it is.
 */
final class AttentionGroup {
  /** Queries in a group. */
  static final int SIZE = 4;
  /** At most so many positions in a chunk. */
  static final int CHUNK = 512;
  private static final int BLOCK = KeyValues.BLOCK;
  /** Keeps the end of one group's scores from sharing a line of the cache with what another thread uses. */
  private static final int GAP = 32;

  private final AttentionTask job;
  private final Kernels kernels;
  private final Scratch scratch;
  /** Scores, then weights [SIZE, CHUNK]. */
  private final float[] scores = new float[SIZE * CHUNK + GAP];
  private int keyValueHead;
  private int count;
  private int token;
  private int head;
  /** From query to query. */
  private int tokenStep;
  private int headStep;
  /** The chunk looked at: its number, first position, and the one after the last. */
  private int chunk;
  private int origin;
  private int limit;
  /** Where to put what is seen, the first of the queries in {@code row}. */
  private Glances glances = new Glances();
  private int row;

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

  private int token(int i) {
    return token + i * tokenStep;
  }

  /**
   * Looks at a chunk.
   *
   * @param intoRow where the first of the queries is among the glances
   */
  void look(int newChunk, Glances into, int intoRow) {
    chunk = newChunk;
    glances = into;
    row = intoRow;
    origin = chunk * job.chunk();
    limit = origin + job.chunk();
    score();
    for (int i = 0; i < count; i++) weigh(i);
    mix();
  }

  /** The first position in the chunk that a query sees, or its end. */
  private int begin(int i) {
    return Math.clamp(job.begin(token(i)), origin, limit);
  }

  /** The position in the chunk after the last that a query sees, or its beginning. */
  private int end(int i) {
    return Math.clamp(job.end(token(i)), origin, limit);
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
  private void weigh(int i) {
    int from = i * CHUNK + begin(i) - origin;
    int to = i * CHUNK + end(i) - origin;
    Findings findings = job.findings;
    float highest = kernels.score(scores, from, to, job.shape, scratch.lanes);
    if (findings.scores() != null) tell(findings.scores(), i);
    float base = highest == Float.NEGATIVE_INFINITY ? 0 : highest; // then all weights are 0
    glances.put(row + i, chunk, highest, kernels.exponentiate(scores, from, to, base, scratch.lanes));
    if (findings.probabilities() != null) tell(findings.probabilities(), i);
  }

  /**
   * Weights times values. What all queries see they pass over together; the few positions that only some see go query by
   * query, since weight 0 would not keep out a value that is infinite or NaN.
   */
  private void mix() {
    int all = Math.min(begin(count - 1), end(0));
    int onPage = Math.min(end(0), job.cache.pageEnd(Math.min(all, limit - 1)));
    multiply(scratch.product.result(glances.data(), glances.at(row, chunk), glances.stride()), 0, count, all, onPage);
    add(0, count, onPage, end(0));
    for (int i = 0; i < count; i++) {
      add(i, 1, begin(i), Math.min(all, end(i)));
      add(i, 1, Math.max(end(0), begin(i)), end(i));
    }
  }

  /** Multiplies the weights of some queries by the values from one position to another on its page; maybe none. */
  private void multiply(Product product, int first, int queries, int begin, int end) {
    job.cache.multipliedValues(product, Math.min(begin, limit - 1), keyValueHead);
    product.left(scores, first * CHUNK + begin - origin, CHUNK);
    kernels.multiply(product.size(queries, end - begin, job.cache.valueStride()));
  }

  /** Adds what some queries see from one position to another, page by page. */
  private void add(int first, int queries, int begin, int end) {
    int width = job.cache.valueStride();
    float[] tile = scratch.tile(SIZE * width);
    for (int next, s = begin; s < end; s = next) {
      next = Math.min(end, job.cache.pageEnd(s));
      multiply(scratch.product.result(tile, 0, width), first, queries, s, next);
      for (int i = 0; i < queries; i++)
        kernels.add(tile, i * width, glances.data(), glances.at(row + first + i, chunk), width);
    }
  }

  /** Copies what a query's positions have, scores or weights, where someone wants to know; the rest of the row is filled. */
  private void tell(Rows into, int i) {
    int token = token(i) - job.findings.from();
    if (token < 0) return;
    int row = into.at(token * job.shape.heads() + head + i * headStep);
    System.arraycopy(scores, i * CHUNK + begin(i) - origin, into.data(), row + begin(i), end(i) - begin(i));
  }
}
