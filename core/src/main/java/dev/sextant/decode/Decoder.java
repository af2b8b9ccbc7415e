package dev.sextant.decode;

import dev.sextant.InvalidArgumentException;
import dev.sextant.numeric.LogSoftmax;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Chooses the tokens of one generation, one after the other. Its working arrays (32 bytes per token of the vocabulary)
 * are made with the first logits and used again, so that choosing allocates nothing but a few small records.
 *
 * <p>Belongs to one generation; not safe for use by several threads at a time.
 */
public final class Decoder {
  /**
   * The random generator behind {@link #seeded}: an LXM generator with 192 bits of state, part of the JDK since 17
   * (Steele and Vigna, "LXM: better splittable pseudorandom number generators", 2021).
   */
  public static final String RANDOM_ALGORITHM = "L64X128MixRandom";

  private final Filter[] filters;
  private final Choice choice;
  private Candidates candidates = new Candidates(0);

  /** Draws from {@code random} once per token; not at all when the decoding is greedy. */
  public Decoder(Decoding decoding, RandomGenerator random) {
    filters = decoding.filters().toArray(Filter[]::new);
    choice = decoding.isGreedy() ? new Choice.Greedy() : new Choice.Sampled(random);
  }

  /** Draws from {@value #RANDOM_ALGORITHM}: the same seed gives the same numbers on every JDK. */
  public static Decoder seeded(Decoding decoding, long seed) {
    return new Decoder(decoding, RandomGeneratorFactory.of(RANDOM_ALGORITHM).create(seed));
  }

  /**
   * The next token. It does not enter the history by itself: {@link History#accept(int)} it.
   *
   * @param logits  what the model says at the last position, one per token; -Infinity masks a token; not kept
   * @param history the tokens seen so far, prompt included; only the repetition penalty looks at them
   * @throws dev.sextant.NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   * @throws InvalidArgumentException             when logits and history are of different vocabularies
   */
  public Chosen choose(float[] logits, History history) {
    if (history.vocabularySize() != logits.length)
      throw new InvalidArgumentException("logits has length " + logits.length + "; the history is of a vocabulary of "
          + history.vocabularySize() + " and they must agree");
    if (candidates.vocabularySize() != logits.length) candidates = new Candidates(logits.length);
    LogSoftmax own = candidates.load(logits);
    for (Filter filter : filters) filter.apply(candidates, history);
    Choice.Draw draw = choice.choose(candidates);
    double probability = candidates.weights()[draw.id()] / candidates.total();
    return new Chosen(draw.id(), own.logProbability(logits[draw.id()]), probability, draw.number(), candidates.count());
  }
}
