package dev.sextant.analysis;

import dev.sextant.TokenProbability;
import dev.sextant.architecture.Sizes;
import dev.sextant.explain.LogitLens;
import dev.sextant.forward.Transformer;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Reads residual streams through the lens, the layers of one position and of as many positions as fit together in one
 * product with the unembedding. What is kept of the logits is small. Reuses its buffers; one thread at a time.
 */
public final class LensReader {
  /** At most so many rows together, or those of one position: more would not be faster. */
  private static final int ROWS = 64;
  /** At most so many logits together, or those of one position. */
  private static final int LOGITS = 1 << 22;

  private final Transformer transformer;
  private final Engine engine;
  private final int readings;
  private final IntFunction<String> textOf;
  private final Rows streams;
  private final Rows normed;
  private final Rows logits;
  private final Rows shares;

  /**
   * @param engine of its own
   * @param textOf the text of a token
   */
  public LensReader(Transformer transformer, Sizes sizes, Engine engine, IntFunction<String> textOf) {
    this.transformer = transformer;
    this.engine = engine;
    this.textOf = textOf;
    readings = sizes.layers() + 1;
    streams = new Rows(sizes.hidden());
    normed = new Rows(sizes.hidden());
    logits = new Rows(sizes.vocabulary());
    shares = new Rows(sizes.vocabulary());
  }

  /** The logits that one row of the residual stream leads to; live until the next call. */
  public float[] logits(float[] residual) {
    System.arraycopy(residual, 0, streams.resize(1).data(), 0, streams.width());
    return transformer.lens(streams, normed, logits, engine).data();
  }

  /**
   * Reads some positions.
   *
   * @param each what enters the first block, then what is behind each block, position by position [positions · (layers +
   *     1), hidden]
   * @param first which of the positions in these rows is the first to be read
   * @param positions the numbers of those to be read, one after the other
   * @param followed tokens to follow, for each position
   * @param top how many of the most probable tokens are kept
   */
  public List<LogitLens> read(Rows each, int first, int[] positions, int[][] followed, int top) {
    int together = Math.max(1, Math.min(ROWS, LOGITS / logits.width()) / readings);
    List<LogitLens> lenses = new ArrayList<>();
    for (int from = 0; from < positions.length; from += together) {
      int count = Math.min(together, positions.length - from);
      compute(each, (first + from) * readings, count * readings);
      for (int i = 0; i < count; i++)
        lenses.add(lens(positions[from + i], i * readings, followed[from + i], Math.min(top, logits.width())));
    }
    return lenses;
  }

  /** Makes logits and probabilities of so many rows. */
  private void compute(Rows each, int from, int count) {
    System.arraycopy(each.data(), each.at(from), streams.resize(count).data(), 0, streams.at(count));
    transformer.lens(streams, normed, logits, engine);
    System.arraycopy(logits.data(), 0, shares.resize(count).data(), 0, logits.at(count));
    engine.softmax(shares);
  }

  private LogitLens lens(int position, int first, int[] asked, int top) {
    int last = first + readings - 1;
    int[] followed = IntStream.concat(Arrays.stream(asked), IntStream.of(best(last))).distinct().toArray();
    double end = logSum(last, best(last));
    LogitLens.Reading[] found = new LogitLens.Reading[readings];
    engine.each(logits, 4, row -> {
      if (row >= first && row <= last) found[row - first] = reading(row, last, end, top, followed);
    });
    return new LogitLens(position, followed, List.of(found));
  }

  private LogitLens.Reading reading(int row, int last, double end, int top, int... followed) {
    int[] leading = leading(row, top);
    double logSum = logSum(row, leading[0]);
    int[] ranks = new int[followed.length];
    double[] probabilities = new double[followed.length];
    float[] found = new float[followed.length];
    for (int i = 0; i < followed.length; i++) {
      found[i] = logit(row, followed[i]);
      ranks[i] = rank(row, followed[i]);
      probabilities[i] = Math.exp(found[i] - logSum);
    }
    List<TokenProbability> best = Arrays.stream(leading)
        .mapToObj(id -> new TokenProbability(id, textOf.apply(id), Math.exp(logit(row, id) - logSum), logit(row, id)))
        .toList();
    return new LogitLens.Reading(best, divergence(row, last, logSum - end), ranks, probabilities, found);
  }

  private float logit(int row, int id) {
    return logits.data()[logits.at(row) + id];
  }

  /** The logarithm of the sum of all exp(logit), from the probability of the best token, which is not small. */
  private double logSum(int row, int best) {
    return logit(row, best) - Math.log(shares.data()[shares.at(row) + best]);
  }

  private int best(int row) {
    return leading(row, 1)[0];
  }

  /** The ids of the highest logits, the highest first, of equal ones the lowest id. */
  private int[] leading(int row, int count) {
    float[] data = logits.data();
    int at = logits.at(row);
    int[] ids = new int[count];
    int size = 0;
    for (int id = 0; id < logits.width(); id++) {
      if (size == count && data[at + id] <= data[at + ids[size - 1]]) continue;
      if (size < count) size++;
      int place = size - 1;
      for (; place > 0 && data[at + id] > data[at + ids[place - 1]]; place--) ids[place] = ids[place - 1];
      ids[place] = id;
    }
    return ids;
  }

  private int rank(int row, int token) {
    float[] data = logits.data();
    int at = logits.at(row);
    float logit = data[at + token];
    int before = 0;
    for (int i = at; i < at + token; i++) if (data[i] >= logit) before++;
    for (int i = at + token + 1; i < at + logits.width(); i++) if (data[i] > logit) before++;
    return before;
  }

  /**
   * The sum of p · (log p - log q): of all p · (difference of logits), and the difference of the logarithms of both sums.
   *
   * @param logSums that of q less that of p
   */
  private double divergence(int row, int last, double logSums) {
    float[] data = logits.data();
    float[] p = shares.data();
    int end = logits.at(last);
    int at = logits.at(row);
    double sum = 0;
    for (int i = 0; i < logits.width(); i++) sum += p[end + i] * (double) (data[end + i] - data[at + i]);
    return Math.max(0, sum + logSums); // rounding may leave a little below 0
  }
}
