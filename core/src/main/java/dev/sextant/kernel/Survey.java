package dev.sextant.kernel;

import java.util.Arrays;

/**
 * What is worth keeping of rows of logits that come in groups of equally many, the last of a group being what the others are
 * held against. {@link Engine#survey} finds it; buffers are used again.
 */
public final class Survey {
  private final int groupRows;
  private final int vocabulary;
  private int groups;
  int top;
  int[][] followed = {};
  /** For each group exp(logit - highest) of its last row [groups, vocabulary], and the sum. */
  final Rows weights;
  double[] sums = {};
  /** [rows, top] */
  int[] best = {};
  int[][] ranks = {};
  double[] logSums = {};
  /** The mean of a row's logits, each weighed by the probability it has in the last row of the group. */
  double[] means = {};

  /**
   * @param groupRows how many rows a group has
   */
  public Survey(int groupRows, int vocabulary) {
    this.groupRows = groupRows;
    this.vocabulary = vocabulary;
    weights = new Rows(vocabulary);
  }

  /**
   * Says what to look for.
   *
   * @param newFollowed for each group the ids whose ranks are wanted
   * @param newTop how many of the best are wanted, at least 1; all if there are fewer
   */
  public void ask(int[][] newFollowed, int newTop) {
    groups = newFollowed.length;
    followed = newFollowed.clone();
    top = Math.min(newTop, vocabulary);
    weights.resize(groups);
    if (sums.length < groups) {
      sums = new double[groups];
      ranks = new int[rows()][];
      logSums = new double[rows()];
      means = new double[rows()];
    }
    if (best.length < rows() * top) best = new int[rows() * top];
  }

  /** How many rows are asked about. */
  int rows() {
    return groups * groupRows;
  }

  /** The group of a row. */
  int group(int row) {
    return row / groupRows;
  }

  /** The last row of a group. */
  int end(int group) {
    return group * groupRows + groupRows - 1;
  }

  /** The ids whose ranks were counted, each once: those asked for and the best of the last row of the group. */
  public int[] followed(int row) {
    return followed[group(row)];
  }

  /** The ids of the highest logits, the highest first, of equal ones the lowest id. */
  public int[] best(int row) {
    return Arrays.copyOfRange(best, row * top, (row + 1) * top);
  }

  /** How many ids come before each of those followed. */
  public int[] ranks(int row) {
    return ranks[row];
  }

  /** The natural logarithm of the sum of all exp(logit). */
  public double logSum(int row) {
    return logSums[row];
  }

  /**
   * The Kullback-Leibler divergence D(last row of the group || row) in nats, at least 0: the sum of p · (log p - log q), where
   * log p and log q are logits less the logarithms of both sums.
   */
  public double divergence(int row) {
    int end = end(group(row));
    double divergence = means[end] - means[row] + (logSums[row] - logSums[end]);
    return Math.max(0, divergence); // rounding may leave a little below 0
  }
}
