package dev.sextant;

import dev.sextant.numeric.Checks;
import dev.sextant.numeric.LogSoftmax;
import dev.sextant.numeric.Ranking;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * What a model says next: the logit of every token of the vocabulary and their softmax. Probabilities are computed in
 * double precision from differences to the highest logit, so that no logit is too large and no temperature too small.
 *
 * <p>Immutable and safe to share between threads if the function that gives texts is. Equal logits rank by id, the
 * lowest first. Every method that takes an id throws {@link InvalidArgumentException} outside 0..vocabularySize-1.
 */
public final class Distribution {
  private static final double LOG_2 = Math.log(2);

  private final float[] logits;
  private final IntFunction<String> textOf;
  private final LogSoftmax softmax;

  private Distribution(float[] logits, IntFunction<String> textOf, double temperature) {
    this.logits = logits;
    this.textOf = textOf;
    this.softmax = LogSoftmax.of(logits, temperature);
  }

  /**
   * The softmax of these logits; tokens have no text.
   *
   * @param logits one per token, copied; -Infinity masks a token (its probability is 0)
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static Distribution of(float[] logits) {
    return of(logits, id -> "");
  }

  /**
   * The softmax of these logits.
   *
   * @param logits one per token, copied; -Infinity masks a token (its probability is 0)
   * @param textOf the text of a token; asked only for tokens that are shown
   * @throws NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   */
  public static Distribution of(float[] logits, IntFunction<String> textOf) {
    return owning(logits.clone(), textOf);
  }

  /** As {@link #of(float[], IntFunction)}, of an array that nobody else will change. */
  static Distribution owning(float[] logits, IntFunction<String> textOf) {
    return new Distribution(logits, textOf, 1);
  }

  /**
   * The same logits at another temperature: softmax(logits / temperature). It replaces the temperature there was.
   *
   * @param temperature positive and finite; below 1 sharpens, above 1 flattens
   */
  public Distribution withTemperature(double temperature) {
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY))
      throw new InvalidArgumentException("temperature is " + temperature
          + "; it must be positive and finite (the limit at 0 is argmax)");
    return new Distribution(logits, textOf, temperature);
  }

  /** The number of tokens the model knows, masked ones included. */
  public int vocabularySize() {
    return logits.length;
  }

  /** What the logits are divided by; 1 unless {@link #withTemperature} said otherwise. */
  public double temperature() {
    return softmax.temperature();
  }

  /** The model's logit, whatever the temperature; -Infinity for a masked token. */
  public float logit(int id) {
    return logits[checked(id)];
  }

  /** In 0..1. */
  public double probability(int id) {
    return Math.exp(logProbability(id));
  }

  /** Natural logarithm of the probability, at most 0; -Infinity for a masked token. */
  public double logProbability(int id) {
    return softmax.logProbability(logits[checked(id)]);
  }

  /** Minus the logarithm of the probability, in nats: how surprising the token would be. Infinity for a masked one. */
  public double surprisal(int id) {
    return 0.0 - logProbability(id); // not -x: a certain token has surprisal 0, not -0
  }

  /** The mean surprisal, in nats: 0 when one token is certain, log(vocabularySize) when all are equally likely. */
  public double entropy() {
    double entropy = 0;
    for (float logit : logits) {
      double logProbability = softmax.logProbability(logit);
      double probability = Math.exp(logProbability);
      if (probability > 0) entropy -= probability * logProbability; // 0 log 0 counts as 0
    }
    return entropy;
  }

  /**
   * The probability that the k most probable tokens have together, in 0..1.
   *
   * @param k how many, at least 0; the whole vocabulary when larger
   */
  public double topMass(int k) {
    double mass = 0;
    int[] best = best(k);
    for (int i = best.length - 1; i >= 0; i--) mass += probability(best[i]); // the smallest first
    return Math.min(1, mass);
  }

  /**
   * How far the other distribution is from this one: the Kullback-Leibler divergence, the mean over this one's tokens of
   * log (this probability / the other's), in nats. 0 when both are equal, never negative; Infinity when the other masks a
   * token that this one does not. Not symmetric.
   *
   * @throws InvalidArgumentException if the other has a vocabulary of another size
   */
  public double klDivergence(Distribution other) {
    requireSameVocabulary(other);
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      if (logits[id] == Float.NEGATIVE_INFINITY) continue; // 0 log 0 counts as 0
      if (other.logits[id] == Float.NEGATIVE_INFINITY) return Double.POSITIVE_INFINITY; // even where p rounds to 0
      double logProbability = logProbability(id);
      double probability = Math.exp(logProbability);
      if (probability > 0) sum += probability * (logProbability - other.logProbability(id));
    }
    return Math.max(0, sum); // rounding may leave it a little below
  }

  /**
   * How far two distributions are apart: the Jensen-Shannon divergence (Lin 1991), the mean of the divergences of both from
   * their average, in nats. From 0, when both are equal, to log 2, when no token is possible in both. Symmetric.
   *
   * @throws InvalidArgumentException if the other has a vocabulary of another size
   */
  public double jsDivergence(Distribution other) {
    requireSameVocabulary(other);
    double sum = 0;
    for (int id = 0; id < logits.length; id++) {
      double p = logProbability(id);
      double q = other.logProbability(id);
      sum += toAverage(p, q) + toAverage(q, p);
    }
    return Math.clamp(sum / 2, 0, LOG_2);
  }

  /** p log (p / ((p + q) / 2)), from the logarithms; written so that no power of e overflows. */
  private static double toAverage(double logP, double logQ) {
    double p = Math.exp(logP);
    if (p == 0) return 0;
    double logRatio = logP >= logQ ? -Math.log1p(Math.exp(logQ - logP))
        : logP - logQ - Math.log1p(Math.exp(logP - logQ));
    return p * (LOG_2 + logRatio);
  }

  private void requireSameVocabulary(Distribution other) {
    if (other.logits.length != logits.length) {
      throw new InvalidArgumentException("the other distribution is over " + other.logits.length + " tokens, this one"
          + " over " + logits.length + "; both must be over the same vocabulary");
    }
  }

  /** The most probable token, the lowest id among equals. */
  public int argmax() {
    int best = 0;
    for (int id = 1; id < logits.length; id++) if (logits[id] > logits[best]) best = id;
    return best;
  }

  /** How many tokens come before this one: 0 for the most probable. Equal logits rank by id. */
  public int rank(int id) {
    float logit = logits[checked(id)];
    int before = 0;
    for (int other = 0; other < logits.length; other++)
      if (logits[other] > logit || logits[other] == logit && other < id) before++;
    return before;
  }

  /**
   * The most probable tokens, the best first.
   *
   * @param k how many, at least 0; the whole vocabulary when larger
   */
  public List<TokenProbability> top(int k) {
    return Arrays.stream(best(k)).mapToObj(this::shown).toList();
  }

  /** Draws a token: the first, by id, up to which the probabilities exceed the one number taken from {@code random}. */
  public int sample(RandomGenerator random) {
    double rest = random.nextDouble();
    int last = 0;
    for (int id = 0; id < logits.length; id++) {
      double probability = Math.exp(softmax.logProbability(logits[id]));
      if (probability > 0) last = id;
      rest -= probability;
      if (rest < 0) return id;
    }
    return last; // rounding left the sum a little below 1
  }

  /** The probabilities of all tokens, a copy: [vocabularySize]. */
  public double[] probabilities() {
    double[] probabilities = new double[logits.length];
    Arrays.setAll(probabilities, this::probability);
    return probabilities;
  }

  /** The model's logits, whatever the temperature, a copy: [vocabularySize]. */
  public float[] logits() {
    return logits.clone();
  }

  /** The first few tokens, for people. */
  @Override
  public String toString() {
    return "Distribution over " + logits.length + " tokens: " + top(3) + (logits.length > 3 ? " …" : "");
  }

  private int[] best(int k) {
    return Ranking.largest(logits.length, id -> logits[id], Checks.count("k", k));
  }

  private TokenProbability shown(int id) {
    return new TokenProbability(id, textOf.apply(id), probability(id), logits[id]);
  }

  private int checked(int id) {
    if (id < 0 || id >= logits.length)
      throw new InvalidArgumentException("id is " + id + "; it must lie in 0.." + (logits.length - 1));
    return id;
  }
}
