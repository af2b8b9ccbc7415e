package dev.sextant.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Attention. One token is shared out by key/value heads and chunks of the text, so that few heads keep many threads busy;
 * more tokens by query heads and groups of successive tokens. The chunks are the same whatever the number of threads.
 */
final class AttentionTask implements Workers.Task {
  private static final int SMALLEST_CHUNK = 128;

  private final Parallel parallel;
  private final Part[] parts;
  /** What the heads of a single token see. */
  private final Glances glances = new Glances();
  private int chunk = SMALLEST_CHUNK;
  AttentionShape shape = new AttentionShape(1, 1, 1, 1, 0, 1);
  Rows query = new Rows(0);
  KeyValues cache = new KeyValues(KeyValues.Format.F32, 1, 1);
  Rows mixed = query;
  Findings findings = Findings.NONE;

  /** What a part of the work has for itself: queries, and what they see if they are of several tokens. */
  private record Part(Glances glances, AttentionGroup group, Scratch scratch) {}

  AttentionTask(Parallel parallel) {
    this.parallel = parallel;
    parts = new Part[parallel.scratch().length];
    Arrays.setAll(parts, i -> part(parallel.scratch()[i]));
  }

  private Part part(Scratch scratch) {
    return new Part(new Glances(), new AttentionGroup(this, parallel.kernels(), scratch), scratch);
  }

  void attend(AttentionShape newShape, Rows newQuery, KeyValues newCache) {
    shape = newShape;
    query = newQuery;
    cache = newCache;
    int seen = Math.min(shape.window(), cache.length());
    chunk = Math.clamp(Integer.highestOneBit(seen / 2), SMALLEST_CHUNK, AttentionGroup.CHUNK);
    fill(findings.scores(), Float.NEGATIVE_INFINITY);
    fill(findings.probabilities(), 0);
    if (query.rows() == 1) glances.resize(shape.heads(), chunk(0), chunks(0, 0), cache.valueStride());
    parallel.run(this, 2L * query.rows() * seen * query.width());
    if (query.rows() == 1) for (int head = 0; head < shape.heads(); head++) merge(glances, head, 0, head, parts[0]);
  }

  /** What is not seen keeps this. */
  private static void fill(@Nullable Rows told, float masked) {
    if (told != null) Arrays.fill(told.data(), 0, told.at(told.rows()), masked);
  }

  @Override
  public void run(int part, int count) {
    if (query.rows() == 1) lookBack(part, count);
    else lookBackTogether(part, count);
  }

  /** Each part takes chunks in succession, which are read straight on. */
  private void lookBack(int part, int count) {
    AttentionGroup group = parts[part].group;
    int chunks = chunks(0, 0);
    int items = shape.keyValueHeads() * chunks;
    int to = Parallel.begin(items, part + 1, count);
    for (int item = Parallel.begin(items, part, count); item < to; item++) {
      int sharedHead = item / chunks;
      for (int first = 0; first < share(); first += AttentionGroup.SIZE) {
        group.heads(sharedHead, first);
        group.look(chunk(0) + item % chunks, glances, sharedHead * share() + first);
      }
    }
  }

  /** Each of n parts takes every n-th item: later tokens see more, so the last of successive parts would be longest. */
  private void lookBackTogether(int part, int count) {
    int items = Math.ceilDiv(query.rows(), AttentionGroup.SIZE) * shape.heads();
    for (int item = part; item < items; item += count)
      attend(item / shape.heads() * AttentionGroup.SIZE, item % shape.heads(), parts[part]);
  }

  /** Attends for one head of the tokens from {@code first} on. */
  private void attend(int first, int head, Part part) {
    AttentionGroup group = part.group;
    Glances seen = part.glances;
    group.tokens(first, head);
    int chunks = chunks(first, first + group.count() - 1);
    seen.resize(group.count(), chunk(first), chunks, cache.valueStride());
    for (int c = 0; c < chunks; c++) group.look(seen.first() + c, seen, 0);
    for (int i = 0; i < group.count(); i++) merge(seen, i, first + i, head, part);
  }

  private void merge(Glances seen, int row, int token, int head, Part part) {
    float[] sum = part.scratch.tile(cache.valueStride());
    float[] factors = seen.merge(row, sum, parallel.kernels(), part.scratch);
    int width = shape.headWidth();
    System.arraycopy(sum, 0, mixed.data(), mixed.at(token) + head * width, width);
    Rows probabilities = findings.probabilities();
    if (probabilities == null || token < findings.from()) return;
    normalize(seen, factors, probabilities, (token - findings.from()) * shape.heads() + head);
  }

  /** Makes probabilities of the weights that a row holds. */
  private void normalize(Glances seen, float[] factors, Rows rows, int row) {
    for (int c = 0; c < seen.chunks(); c++) {
      int begin = (seen.first() + c) * chunk;
      int end = Math.min(begin + chunk, rows.width());
      parallel.kernels().scale(rows.data(), factors[c], rows.at(row) + begin, rows.at(row) + end);
    }
  }

  /** Positions in a chunk: a power of two, more in longer texts, which are read faster the longer it goes straight on. */
  int chunk() {
    return chunk;
  }

  /** Query heads to a key/value head. */
  int share() {
    return shape.heads() / shape.keyValueHeads();
  }

  /** The first chunk a token of the query sees. */
  private int chunk(int token) {
    return begin(token) / chunk;
  }

  /** How many chunks there are from the first that one token sees to the last that another, later one sees. */
  private int chunks(int first, int last) {
    return (end(last) - 1) / chunk + 1 - chunk(first);
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
