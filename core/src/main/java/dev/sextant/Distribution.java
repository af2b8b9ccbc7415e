package dev.sextant;

import dev.sextant.numeric.LogSoftmax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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
    return new Distribution(logits.clone(), textOf, 1);
  }

  /** The softmax of logits that nobody changes any more: they are not copied. */
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
    if (k < 0) throw new InvalidArgumentException("k is " + k + "; it must not be negative");
    int size = Math.min(k, logits.length);
    if (size == 0) return List.of();
    PriorityQueue<Integer> best = best(size);
    List<TokenProbability> top = new ArrayList<>(size);
    while (!best.isEmpty()) top.add(shown(best.remove()));
    return List.copyOf(top.reversed());
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

  /** A heap of the best {@code size} ids so far, the worst of them on top: most ids cost one comparison. */
  private PriorityQueue<Integer> best(int size) {
    Comparator<Integer> worstFirst = (a, b) -> a.equals(b) ? 0 : ranksBefore(a, b) ? 1 : -1;
    PriorityQueue<Integer> best = new PriorityQueue<>(size, worstFirst);
    for (int id = 0; id < logits.length; id++) {
      if (best.size() == size && !ranksBefore(id, best.element())) continue;
      if (best.size() == size) best.remove();
      best.add(id);
    }
    return best;
  }

  private boolean ranksBefore(int a, int b) {
    return logits[a] > logits[b] || logits[a] == logits[b] && a < b;
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
