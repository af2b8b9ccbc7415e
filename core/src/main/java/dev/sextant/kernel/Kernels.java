package dev.sextant.kernel;

/**
 * The inner loops of a forward pass. Stateless and single-threaded: whoever calls from several threads gives each its own
 * part of the result and its own memory to work in: {@code lanes}, 64 floats for sums on their way.
 *
 * <p>Every number of a result is summed in an order that depends neither on the part of the work it is computed in nor on
 * the width of the machine's vectors, so results do not depend on the number of threads. How exact the functions are, in
 * units in the last place: {@code docs/accuracy.md}.
 */
public interface Kernels {
  /** The fastest kernels this machine and this JVM's flags allow. */
  static Kernels fastest() {
    return Fastest.choose();
  }

  /** The plain Java reference. */
  static Kernels scalar() {
    return new ScalarKernels();
  }

  /** "scalar" or "vector", for people. */
  String name();

  /** How many floats one instruction handles. */
  int lanes();

  /** Reads one row of weights as floats: {@code into[at .. at + columns - 1]}. */
  void decode(Matrix w, int row, float[] into, int at);

  /** Lays {@code x[at .. at + columns - 1]} out the way {@link #multiply(MatrixVector, int, int)} wants it. */
  void arrange(Matrix w, float[] x, int at, Arranged arranged);

  /** Matrix times vector, for the rows {@code from .. to - 1}. */
  void multiply(MatrixVector product, int from, int to);

  /** One matrix times some vectors, the first {@code count} of these: as one by one, to the bit, but reading it less often. */
  default void multiply(MatrixVector[] products, int count, int from, int to) {
    for (int t = 0; t < count; t++) multiply(products[t], from, to);
  }

  /**
   * Turned-round matrix times vector, for the columns {@code from .. to - 1}, where {@code from} is a multiple of {@link
   * Transposed#GRAIN}; each number is summed in an order that only the number of rows decides.
   */
  void multiply(Transposed product, int from, int to);

  /** A product of blocks; each number is summed from the first to the last of the depth. */
  void multiply(Product product);

  /**
   * Attention scores from products, in place: {@code x[from .. to - 1]} becomes cap(x · scale), where cap(s) is
   * softCap · tanh(s / softCap), or s if softCap is 0.
   *
   * @return the highest, NaN if there is one
   */
  float score(float[] x, int from, int to, AttentionShape shape, float[] lanes);

  /**
   * {@code x[i] = exp(x[i] - highest)} for i in from .. to - 1.
   *
   * @return their sum
   */
  float exponentiate(float[] x, int from, int to, float highest, float[] lanes);

  /**
   * The sum of exp((x[i] - highest) / temperature), in double precision: the same bits from all kernels.
   *
   * @param highest of x; finite
   */
  double sumOfExponentials(float[] x, double highest, double temperature);

  /**
   * The sum of a[aAt + i] · b[bAt + i] for i in 0 .. n - 1, in double precision: the same bits from all kernels. Number i
   * falls into lane i mod {@value Exponential#LANES}, and the lanes are added up by {@link Exponential#total}.
   */
  double dot(float[] a, int aAt, float[] b, int bAt, int n);

  /** The first place in from .. to - 1 whose number is not at most a bound: above it, or NaN; {@code to} if there is none. */
  int firstAbove(float[] x, int from, int to, float bound);

  /**
   * How many of {@code x[from .. to - 1]} come before the number at a place among them: those that are larger, and of its
   * equals those in front of it.
   */
  int rank(float[] x, int from, int to, int place);

  /** Normalizes one piece of {@code norm.weight().length} numbers of x into y; both may be the same. */
  void normalize(Norm norm, float[] x, float[] y, int at, float[] lanes);

  /** Rotates {@code x[at + i]} with {@code x[at + pairs + i]} by the angles of one position of the table. */
  void rotate(float[] x, int at, RotaryTable table, int position);

  /** {@code x[i] = f(x[i])} for i in from .. to - 1. */
  void activate(Activation f, float[] x, int from, int to, float[] lanes);

  /** {@code into[at + i] += x[from + i]} for i in 0 .. n - 1. */
  void add(float[] x, int from, float[] into, int at, int n);

  /** {@code into[i] *= x[i]}. */
  void multiply(float[] x, float[] into, int from, int to);

  /** {@code x[i] = cap · tanh(x[i] / cap)} for i in from .. to - 1. */
  void cap(float[] x, float cap, int from, int to, float[] lanes);

  /** {@code x[i] *= factor}. */
  void scale(float[] x, float factor, int from, int to);

  /**
   * How far a block in each row of a group is off when its weights are rounded to whole steps: errors[r] is the sum of the
   * squares of w·inverse[r] - clamp(round(w·inverse[r]), -zero, zero - 1), first column first. Same bits from all kernels.
   *
   * @param weights [{@value Blocks#COLUMNS}, {@value Blocks#ROWS}], column by column
   */
  void roundingErrors(float[] weights, float[] inverse, int zero, float[] errors);
}
