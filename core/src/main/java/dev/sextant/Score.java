package dev.sextant;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How probable a model found the tokens of a text: see {@link Scoring}. Immutable. */
public final class Score {
  private final Scoring.Job job;
  /** NaN at 0. */
  private final double[] logProbabilities;
  private final IntFunction<String> textOf;
  private final double total;

  Score(Scoring.Job job, double[] logProbabilities, IntFunction<String> textOf) {
    this.job = job;
    this.logProbabilities = logProbabilities;
    this.textOf = textOf;
    this.total = Arrays.stream(logProbabilities, 1, logProbabilities.length).sum(); // compensated
  }

  /** How many tokens the text has, the first included. */
  public int size() {
    return job.ids().length;
  }

  /** How many tokens were scored: all but the first. */
  public int scored() {
    return size() - 1;
  }

  /** The ids of the text, a copy. */
  public int[] ids() {
    return job.ids().clone();
  }

  /** The token at a position in [1, size()) and how probable it was. */
  public ScoredToken token(int position) {
    int id = job.ids()[checked(position)];
    return new ScoredToken(position, id, textOf.apply(id), logProbabilities[position]);
  }

  /** All tokens that were scored, in order. */
  public List<ScoredToken> tokens() {
    return IntStream.range(1, size()).mapToObj(this::token).toList();
  }

  /** Natural logarithm of the probability of the token at a position in [1, size()), behind those before it. */
  public double logProbability(int position) {
    return logProbabilities[checked(position)];
  }

  /** Minus the logarithm of that probability, in nats. */
  public double surprisal(int position) {
    return 0.0 - logProbability(position);
  }

  /** The log probability of each token, a copy; NaN for the first. */
  public double[] logProbabilities() {
    return logProbabilities.clone();
  }

  /** The log probability of the text: the sum over all tokens that were scored. -Infinity if one was impossible. */
  public double total() {
    return total;
  }

  /** The mean surprisal of a token, in nats: the cross entropy of text and model. */
  public double meanSurprisal() {
    return 0.0 - total / scored();
  }

  /** e to the mean surprisal: as if the model had, at each token, that many equally probable ones to choose from. */
  public double perplexity() {
    return Math.exp(meanSurprisal());
  }

  /**
   * The tokens by which the one at a position in [1, size()) was scored, a copy: the prompt with which a journey comes to
   * the same place.
   */
  public int[] prefix(int position) {
    int input = checked(position) - 1;
    int window = input < job.window() ? 0 : Math.ceilDiv(input + 1 - job.window(), job.stride());
    return Arrays.copyOfRange(job.ids(), window * job.stride(), position);
  }

  /** The sums, for people. */
  @Override
  public String toString() {
    return scored() + " tokens, log probability " + total + ", perplexity " + perplexity();
  }

  private int checked(int position) {
    if (position < 1 || position >= size()) {
      throw new InvalidArgumentException("position is " + position + "; it must lie in [1, " + size() + "): the first"
          + " token, at 0, has nothing before it");
    }
    return position;
  }
}
