package dev.sextant.analysis;

import dev.sextant.TokenProbability;
import dev.sextant.architecture.Sizes;
import dev.sextant.explain.LogitLens;
import dev.sextant.forward.Transformer;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Rows;
import dev.sextant.kernel.Survey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

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
  private final Survey survey;

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
    survey = new Survey(readings, sizes.vocabulary());
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
      survey.ask(Arrays.copyOfRange(followed, from, from + count), top);
      engine.survey(logits, survey);
      for (int i = 0; i < count; i++) lenses.add(lens(positions[from + i], i * readings));
    }
    return lenses;
  }

  /** Makes logits of so many rows. */
  private void compute(Rows each, int from, int count) {
    System.arraycopy(each.data(), each.at(from), streams.resize(count).data(), 0, streams.at(count));
    transformer.lens(streams, normed, logits, engine);
  }

  private LogitLens lens(int position, int first) {
    List<LogitLens.Reading> found = new ArrayList<>(readings);
    for (int row = first; row < first + readings; row++) found.add(reading(row));
    return new LogitLens(position, survey.followed(first), found);
  }

  private LogitLens.Reading reading(int row) {
    int[] followed = survey.followed(row);
    double[] probabilities = new double[followed.length];
    float[] found = new float[followed.length];
    for (int i = 0; i < followed.length; i++) {
      found[i] = logit(row, followed[i]);
      probabilities[i] = probability(row, followed[i]);
    }
    List<TokenProbability> best = Arrays.stream(survey.best(row))
        .mapToObj(id -> new TokenProbability(id, textOf.apply(id), probability(row, id), logit(row, id))).toList();
    return new LogitLens.Reading(best, survey.divergence(row), survey.ranks(row), probabilities, found);
  }

  private float logit(int row, int id) {
    return logits.data()[logits.at(row) + id];
  }

  private double probability(int row, int id) {
    return Math.exp(logit(row, id) - survey.logSum(row));
  }
}
