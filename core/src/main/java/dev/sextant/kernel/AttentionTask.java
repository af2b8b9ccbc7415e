package dev.sextant.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Attention. One token is shared out by key/value heads and chunks of the text, so that few heads keep many threads busy;
 * more tokens by query heads and groups of successive tokens. The chunks are the same whatever the number of threads.
 */
final class AttentionTask implements Workers.Task {
  private static final int CHUNK = AttentionGroup.CHUNK;

  private final Parallel parallel;
  private final AttentionGroup[] groups;
  /** What the heads of a single token see; else what a part's group of tokens sees. */
  private final Glances glances = new Glances();
  private final Glances[] partGlances;
  AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, 1);
  Rows query = new Rows(0);
  KeyValues cache = new KeyValues(KeyValues.Format.F32, 1, 1);
  Rows mixed = query;
  Findings findings = Findings.NONE;

  AttentionTask(Parallel parallel) {
    this.parallel = parallel;
    groups = new AttentionGroup[parallel.scratch().length];
    partGlances = new Glances[groups.length];
    for (int i = 0; i < groups.length; i++)
      groups[i] = new AttentionGroup(this, parallel.kernels(), parallel.scratch()[i]);
    Arrays.setAll(partGlances, _ -> new Glances());
  }

  void attend(AttentionShape newShape, Rows newQuery, KeyValues newCache) {
    shape = newShape;
    query = newQuery;
    cache = newCache;
    fill(findings.scores(), Float.NEGATIVE_INFINITY);
    fill(findings.probabilities(), 0);
    if (query.rows() == 1) glances.resize(shape.heads(), chunk(0), chunks(0, 0), cache.valueStride());
    long scores = (long) query.rows() * Math.min(shape.window(), cache.length());
    parallel.run(this, 2 * scores * query.width());
    if (query.rows() == 1) for (int head = 0; head < shape.heads(); head++) merge(glances, head, 0, head, 0);
  }

  /** What is not seen keeps this. */
  private static void fill(@Nullable Rows told, float masked) {
    if (told != null) Arrays.fill(told.data(), 0, told.at(told.rows()), masked);
  }

  @Override
  public void run(int part, int parts) {
    if (query.rows() == 1) lookBack(part, parts);
    else lookBackTogether(part, parts);
  }

  /** Each part takes chunks in succession, which are read straight on. */
  private void lookBack(int part, int parts) {
    int chunks = chunks(0, 0);
    int items = shape.keyValueHeads() * chunks;
    int to = Parallel.begin(items, part + 1, parts);
    for (int item = Parallel.begin(items, part, parts); item < to; item++) {
      int sharedHead = item / chunks;
      for (int first = 0; first < share(); first += AttentionGroup.SIZE) {
        groups[part].heads(sharedHead, first);
        groups[part].look(chunk(0) + item % chunks, glances, sharedHead * share() + first);
      }
    }
  }

  /** Each part takes every so-manieth item: later tokens see more, so with successive ones the last part would be longest. */
  private void lookBackTogether(int part, int parts) {
    int items = Math.ceilDiv(query.rows(), AttentionGroup.SIZE) * shape.heads();
    for (int item = part; item < items; item += parts) {
      int token = item / shape.heads() * AttentionGroup.SIZE;
      attend(token, item % shape.heads(), part);
    }
  }

  /** Attends for one head of the tokens from {@code first} on. */
  private void attend(int first, int head, int part) {
    AttentionGroup group = groups[part];
    Glances seen = partGlances[part];
    group.tokens(first, head);
    int chunks = chunks(first, first + group.count() - 1);
    seen.resize(group.count(), chunk(first), chunks, cache.valueStride());
    for (int c = 0; c < chunks; c++) group.look(seen.first() + c, seen, 0);
    for (int i = 0; i < group.count(); i++) merge(seen, i, first + i, head, part);
  }

  private void merge(Glances seen, int row, int token, int head, int part) {
    Scratch scratch = parallel.scratch()[part];
    float[] sum = scratch.tile(cache.valueStride());
    float[] factors = seen.merge(row, sum, parallel.kernels(), scratch);
    int width = shape.headWidth();
    System.arraycopy(sum, 0, mixed.data(), mixed.at(token) + head * width, width);
    Rows probabilities = findings.probabilities();
    if (probabilities == null || token < findings.from()) return;
    normalize(seen, factors, probabilities, (token - findings.from()) * shape.heads() + head);
  }

  /** Makes probabilities of the weights that a row holds. */
  private void normalize(Glances seen, float[] factors, Rows rows, int row) {
    for (int c = 0; c < seen.chunks(); c++) {
      int begin = (seen.first() + c) * CHUNK;
      int end = Math.min(begin + CHUNK, rows.width());
      parallel.kernels().scale(rows.data(), factors[c], rows.at(row) + begin, rows.at(row) + end);
    }
  }

  /** Query heads to a key/value head. */
  int share() {
    return shape.heads() / shape.keyValueHeads();
  }

  /** The first chunk a token of the query sees. */
  private int chunk(int token) {
    return begin(token) / CHUNK;
  }

  /** How many chunks there are from the first that one token sees to the last that another, later one sees. */
  private int chunks(int first, int last) {
    return (end(last) - 1) / CHUNK + 1 - chunk(first);
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
