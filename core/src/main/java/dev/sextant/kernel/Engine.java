package dev.sextant.kernel;

import org.jspecify.annotations.Nullable;

/**
 * One session's arithmetic on rows of activations. Reuses its buffers, so it is not thread-safe; kernels and workers may be
 * shared with other engines. Results do not depend on the number of workers.
 */
public final class Engine {
  private final FewTask few;
  private final BlockTask blocks;
  private final TransposedTask transposed;
  private final AttentionTask attend;
  private final HeadTask byHead;
  private final RowTask.Gather gather;
  private final RowTask.Normalize normalize;
  private final RowTask.Rotate rotate;
  private final RowTask.Activate activate;
  private final RowTask.Add add;
  private final RowTask.Cap cap;
  private final RowTask.Scale scale;
  private final RowTask.Round round;
  private final SurveyTask survey;

  public Engine(Kernels kernels, Workers workers) {
    Parallel parallel = Parallel.of(kernels, workers);
    few = new FewTask(parallel);
    blocks = new BlockTask(parallel);
    transposed = new TransposedTask(parallel);
    attend = new AttentionTask(parallel);
    byHead = new HeadTask(parallel);
    gather = new RowTask.Gather(parallel);
    normalize = new RowTask.Normalize(parallel);
    rotate = new RowTask.Rotate(parallel);
    activate = new RowTask.Activate(parallel);
    add = new RowTask.Add(parallel);
    cap = new RowTask.Cap(parallel);
    scale = new RowTask.Scale(parallel);
    round = new RowTask.Round(parallel);
    survey = new SurveyTask(parallel);
  }

  /** Copies the rows {@code ids[from .. from + count - 1]} of the embedding into {@code into}. */
  public void gather(Matrix embedding, int[] ids, int from, int count, Rows into) {
    require(embedding.columns() == into.width(), "embedding width", embedding.columns(), into.width());
    require(from >= 0 && count >= 0 && from <= ids.length - count, "number of ids", ids.length, count);
    for (int i = from; i < from + count; i++)
      require(ids[i] >= 0 && ids[i] < embedding.rows(), "row", ids[i], embedding.rows());
    gather.embedding = embedding;
    gather.ids = ids;
    gather.from = from;
    gather.run(into.resize(count), 1);
  }

  /** y = x Wᵀ + b: x [tokens, columns], y [tokens, rows]; y may not be x. */
  public void multiply(Matrix w, float @Nullable [] bias, Rows x, Rows y) {
    MatrixTask task = taskFor(x);
    task.begin(w, bias, fitting(w, bias, x, y));
    task.multiply(x);
  }

  /**
   * Several products of the same x, faster than one by one: each is as {@link #multiply(Matrix, float[], Rows, Rows)}
   * computes it, to the bit.
   *
   * @param w matrices of the same number of columns
   * @param bias for each matrix its bias or null
   * @param y for each matrix where its product goes
   */
  public void multiply(Matrix[] w, float[] @Nullable [] bias, Rows x, Rows[] y) {
    require(bias.length == w.length, "number of biases", bias.length, w.length);
    require(y.length == w.length, "number of results", y.length, w.length);
    MatrixTask task = taskFor(x);
    for (int from = 0, to; from < w.length; from = to) {
      task.begin(w[from], bias[from], fitting(w[from], bias[from], x, y[from]));
      for (to = from + 1; to < w.length && w[to].getClass() == w[from].getClass(); to++)
        task.add(w[to], bias[to], fitting(w[to], bias[to], x, y[to]));
      task.multiply(x);
    }
  }

  /**
   * Carries directions back through projections: y[i] = w[i]ᵀ x[i] for each of some matrices of one shape.
   *
   * @param x [matrices, rows of w]
   * @param y [matrices, columns of w], not x
   */
  public void multiplyTransposed(Matrix[] w, Rows x, Rows y) {
    require(x.rows() == w.length, "number of vectors", x.rows(), w.length);
    for (Matrix each : w) {
      require(each.rows() == x.width(), "rows of W", each.rows(), x.width());
      require(each.columns() == y.width(), "columns of W", each.columns(), y.width());
    }
    transposed.multiply(w, x, y.resize(w.length));
  }

  /**
   * x as a product with w takes it: rounded block by block where w is Q4, so that sums are exact in whole numbers; else x
   * itself. Live until the next call.
   */
  public Rows taken(Matrix w, Rows x) {
    return w instanceof Matrix.Q4 ? round.rounded(x) : x;
  }

  private MatrixTask taskFor(Rows x) {
    return x.rows() > FewTask.MOST ? blocks : few;
  }

  private static Rows fitting(Matrix w, float @Nullable [] bias, Rows x, Rows y) {
    require(x.width() == w.columns(), "columns of W", w.columns(), x.width());
    require(y.width() == w.rows(), "rows of W", w.rows(), y.width());
    require(bias == null || bias.length == w.rows(), "length of bias", bias == null ? 0 : bias.length, w.rows());
    return y.resize(x.rows());
  }

  /** y = norm(x), each row in pieces of the norm's length. y may be x. */
  public void normalize(Norm norm, Rows x, Rows y) {
    require(x.width() == y.width(), "width of y", y.width(), x.width());
    require(norm.weight().length > 0 && x.width() % norm.weight().length == 0, "length of norm", norm.weight().length,
        x.width());
    y.resize(x.rows());
    normalize.norm = norm;
    normalize.y = y;
    normalize.run(x, 2);
  }

  /** Rotates, in place, the first 2 · pairs features of every head of each row: feature i with feature i + pairs. */
  public void rotate(Rows x, int headWidth, RotaryTable table) {
    require(headWidth > 0 && x.width() % headWidth == 0, "head width", headWidth, x.width());
    require(2 * table.pairs() <= headWidth, "rotated features", 2 * table.pairs(), headWidth);
    require(x.rows() <= table.positions(), "rotary positions", table.positions(), x.rows());
    rotate.headWidth = headWidth;
    rotate.table = table;
    rotate.run(x, 2);
  }

  /**
   * Mixes the values each query's head attends to. The queries [tokens, heads · headWidth] are those of the cache's last
   * positions; mixed has the same shape.
   *
   * @param findings where scores and probabilities go, if someone wants them
   */
  public void attend(AttentionShape shape, Rows query, KeyValues cache, Rows mixed, Findings findings) {
    int width = shape.heads() * shape.headWidth();
    require(query.width() == width, "width of the query", query.width(), width);
    require(mixed.width() == width, "width of mixed", mixed.width(), width);
    require(cache.heads() == shape.keyValueHeads(), "key/value heads", cache.heads(), shape.keyValueHeads());
    require(shape.heads() % shape.keyValueHeads() == 0, "query heads", shape.heads(), shape.keyValueHeads());
    require(cache.headWidth() == shape.headWidth(), "width of a key", cache.headWidth(), shape.headWidth());
    require(query.rows() <= cache.length(), "positions in the cache", cache.length(), query.rows());
    require(shape.window() > 0, "window", shape.window(), 1);
    int told = Rows.size(Math.max(0, query.rows() - findings.from()), shape.heads());
    prepare(findings.scores(), told, cache);
    prepare(findings.probabilities(), told, cache);
    attend.mixed = mixed.resize(query.rows());
    attend.findings = findings;
    attend.attend(shape, query, cache);
    attend.findings = Findings.NONE; // keeps nobody's rows alive
  }

  private static void prepare(@Nullable Rows told, int rows, KeyValues cache) {
    if (told == null) return;
    require(told.width() == cache.length(), "width of scores or probabilities", told.width(), cache.length());
    told.resize(rows);
  }

  /**
   * y = x Wᵀ in parts: each row of x falls into pieces of equal length, heads, and each of them meets its columns of W alone.
   *
   * @param x [tokens, columns]
   * @param y [tokens · heads, rows of W], head fastest
   */
  public void multiplyByHead(Matrix w, int heads, Rows x, Rows y) {
    require(x.width() == w.columns(), "columns of W", w.columns(), x.width());
    require(y.width() == w.rows(), "rows of W", w.rows(), y.width());
    require(heads > 0 && x.width() % heads == 0, "heads", heads, x.width());
    byHead.multiply(w, heads, x, y.resize(Rows.size(x.rows(), heads)));
  }

  /** x = f(x), or f(x) · up where a gate is used. */
  public void activate(Activation f, Rows x, @Nullable Rows up) {
    if (up != null) requireSameShape(x, up);
    activate.f = f;
    activate.up = up;
    activate.run(x, 8);
  }

  /** into += x. */
  public void add(Rows x, Rows into) {
    requireSameShape(x, into);
    add.into = into;
    add.run(x, 1);
  }

  /** x = limit · tanh(x / limit): bent to stay below the limit, which is above 0. */
  public void cap(Rows x, float limit) {
    if (!(limit > 0)) throw new IllegalArgumentException("limit is " + limit + "; it must be above 0");
    cap.cap = limit;
    cap.run(x, 8);
  }

  /** x *= factor. */
  public void scale(Rows x, float factor) {
    scale.factor = factor;
    scale.run(x, 1);
  }

  /** Finds in logits [rows, vocabulary] what a survey of as many rows asks for. */
  public void survey(Rows logits, Survey into) {
    require(logits.rows() == into.rows(), "rows", logits.rows(), into.rows());
    require(logits.width() == into.weights.width(), "vocabulary", logits.width(), into.weights.width());
    survey.fill(into, logits);
  }

  private static void requireSameShape(Rows a, Rows b) {
    if (a.rows() != b.rows() || a.width() != b.width())
      throw new IllegalArgumentException("shapes differ: " + a.shape() + " and " + b.shape());
  }

  private static void require(boolean holds, String what, int found, int wanted) {
    if (!holds) throw new IllegalArgumentException(what + " is " + found + ", which does not go with " + wanted);
  }
}
