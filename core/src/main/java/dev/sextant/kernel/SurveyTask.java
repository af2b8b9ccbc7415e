package dev.sextant.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Fills a {@link Survey}: the last row of each group is made into weights, then each row is gone over while it is in the
 * cache.
 */
final class SurveyTask {
  /** So many exponentials are summed in single precision. */
  private static final int PIECE = 4096;

  private final Kernels kernels;
  private final Ends ends;
  private final All all;
  private Survey survey = new Survey(1, 0);
  private Rows logits = new Rows(0);

  SurveyTask(Parallel parallel) {
    kernels = parallel.kernels();
    ends = new Ends(parallel);
    all = new All(parallel);
  }

  void fill(Survey newSurvey, Rows newLogits) {
    survey = newSurvey;
    logits = newLogits;
    ends.run(survey.weights, 8);
    all.run(logits, 16);
  }

  /** The last row of each group. */
  private final class Ends extends RowTask {
    Ends(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int group, Scratch scratch) {
      int end = survey.end(group);
      int best = findBest(end);
      survey.followed[group] = IntStream.concat(Arrays.stream(survey.followed[group]), IntStream.of(best)).distinct()
          .toArray();
      float highest = logits.data()[logits.at(end) + best];
      int from = x.at(group);
      int to = x.at(group + 1);
      System.arraycopy(logits.data(), logits.at(end), x.data(), from, x.width());
      double sum = 0;
      for (int i = from; i < to; i += PIECE)
        sum += kernels.exponentiate(x.data(), i, Math.min(i + PIECE, to), highest, scratch.lanes);
      survey.sums[group] = sum;
    }
  }

  /** Every row. */
  private final class All extends RowTask {
    All(Parallel parallel) {
      super(parallel);
    }

    @Override
    void row(int row, Scratch scratch) {
      int from = x.at(row);
      int to = x.at(row + 1);
      int group = survey.group(row);
      float highest = x.data()[from + findBest(row)];
      survey.logSums[row] = highest + Math.log(sumOfExponentials(from, to, highest, scratch));
      double weighed = kernels.dot(survey.weights.data(), survey.weights.at(group), x.data(), from, x.width());
      if (Double.isNaN(weighed)) weighed = weighedWithoutMasked(survey.weights.at(group), from);
      survey.means[row] = weighed / survey.sums[group];
      int[] followed = survey.followed[group];
      int[] ranks = new int[followed.length];
      for (int i = 0; i < ranks.length; i++) ranks[i] = kernels.rank(x.data(), from, to, from + followed[i]);
      survey.ranks[row] = ranks;
    }

    /** 0 times -Infinity counts as 0: what is masked in the end has no part in the mean. */
    private double weighedWithoutMasked(int weightsAt, int from) {
      float[] weights = survey.weights.data();
      double sum = 0;
      for (int i = 0; i < x.width(); i++) {
        boolean masked = weights[weightsAt + i] == 0 && x.data()[from + i] == Float.NEGATIVE_INFINITY;
        if (!masked) sum += (double) weights[weightsAt + i] * x.data()[from + i];
      }
      return sum;
    }

    private double sumOfExponentials(int from, int to, float highest, Scratch scratch) {
      float[] piece = scratch.panel(PIECE);
      double sum = 0;
      for (int i = from; i < to; i += PIECE) {
        int n = Math.min(PIECE, to - i);
        System.arraycopy(x.data(), i, piece, 0, n);
        sum += kernels.exponentiate(piece, 0, n, highest, scratch.lanes);
      }
      return sum;
    }
  }

  /** Finds the best ids of a row and returns the very best. */
  private int findBest(int row) {
    float[] x = logits.data();
    int from = logits.at(row);
    int to = logits.at(row + 1);
    int[] ids = survey.best;
    int first = row * survey.top;
    int end = first;
    for (int i = from; i < to; i++) {
      if (end < first + survey.top) end++;
      else i = kernels.firstAbove(x, i, to, x[from + ids[end - 1]]);
      if (i == to) break;
      int place = end - 1;
      for (; place > first && x[i] > x[from + ids[place - 1]]; place--) ids[place] = ids[place - 1];
      ids[place] = i - from;
    }
    return ids[first];
  }
}
