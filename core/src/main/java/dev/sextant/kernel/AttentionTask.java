package dev.sextant.kernel;

/** Attention, shared out by query head and group of successive tokens. */
final class AttentionTask implements Workers.Task {
  private final Parallel parallel;
  private final AttentionGroup[] groups;
  AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, 1);
  Rows query = new Rows(0);
  KeyValues cache = new KeyValues(1, 1);
  Rows mixed = query;
  Findings findings = Findings.NONE;

  AttentionTask(Parallel parallel) {
    this.parallel = parallel;
    groups = new AttentionGroup[parallel.scratch().length];
    for (int i = 0; i < groups.length; i++)
      groups[i] = new AttentionGroup(this, parallel.kernels(), parallel.scratch()[i]);
  }

  void attend(AttentionShape newShape, Rows newQuery, KeyValues newCache) {
    shape = newShape;
    query = newQuery;
    cache = newCache;
    long scores = (long) query.rows() * Math.min(shape.window(), cache.length());
    parallel.run(this, 2 * scores * query.width());
  }

  /**
   * One token is shared out by groups of heads that read the same keys and values, more tokens by groups of tokens and head.
   * Each part takes every so-manieth item: later tokens see more, so with successive ones the last part would be longest.
   */
  @Override
  public void run(int part, int parts) {
    AttentionGroup group = groups[part];
    int size = AttentionGroup.SIZE;
    int share = shape.heads() / shape.keyValueHeads();
    boolean single = query.rows() == 1;
    int perHead = Math.ceilDiv(share, size);
    int items = single ? shape.keyValueHeads() * perHead : Math.ceilDiv(query.rows(), size) * shape.heads();
    for (int item = part; item < items; item += parts) {
      if (single) group.attendHeads(item / perHead, item % perHead * size);
      else group.attendTokens(item / shape.heads() * size, item % shape.heads());
    }
  }

  /** After the last position a token of the query sees. */
  int end(int token) {
    return cache.length() - query.rows() + token + 1;
  }

  /** The first position a token of the query sees. */
  int begin(int token) {
    return Math.max(0, end(token) - shape.window());
  }
}
