package dev.sextant.decode;

import dev.sextant.InvalidArgumentException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the next token is chosen. The settings work in this order, each on the renormalized result of those before it:
 * repetition penalty, temperature, top-k, top-p, min-p, typical. Order and meaning are those of the logits processors
 * of Hugging Face transformers; where tokens of equal score meet a border, the lower ids stay.
 *
 * <p>Immutable, safe to share between threads.
 *
 * @param temperature       divides the logits; not negative, finite. 0 is greedy: the highest logit after the
 *                          repetition penalty, the lowest id among equals, whatever the other filters say
 * @param topK              keeps this many of the most probable tokens; not negative, 0 keeps all
 * @param topP              keeps the smallest set of most probable tokens whose probabilities reach this sum (nucleus
 *                          sampling, arXiv:1904.09751); in 0..1, 1 keeps all
 * @param minP              drops the tokens less probable than this share of the most probable one (arXiv:2407.01082);
 *                          in 0..1, 0 keeps all
 * @param typicalP          keeps the tokens whose surprisal is nearest to the entropy, up to this sum of probabilities
 *                          (locally typical sampling, arXiv:2202.00666); in 0..1, 1 keeps all
 * @param repetitionPenalty divides the positive logits, and multiplies the negative ones, of tokens already seen in
 *                          prompt or output (CTRL, arXiv:1909.05858); positive, finite, 1 is off, above 1 discourages
 */
public record Decoding(double temperature, int topK, double topP, double minP, double typicalP,
    double repetitionPenalty) {

  /** The model's own distribution: temperature 1, every filter off. */
  public static final Decoding UNFILTERED = new Decoding(1, 0, 1, 0, 1, 1);

  /** Always the most probable token; nothing is drawn. */
  public static final Decoding GREEDY = UNFILTERED.withTemperature(0);

  /**
   * Checks the ranges.
   *
   * @throws InvalidArgumentException when a setting lies outside its range
   */
  public Decoding {
    require(temperature >= 0 && Double.isFinite(temperature), "temperature", temperature,
        "must not be negative and must be finite, where 0 is greedy");
    require(topK >= 0, "topK", topK, "must not be negative, where 0 keeps every token");
    require(topP >= 0 && topP <= 1, "topP", topP, "must lie in 0..1, where 1 keeps every token");
    require(minP >= 0 && minP <= 1, "minP", minP, "must lie in 0..1, where 0 keeps every token");
    require(typicalP >= 0 && typicalP <= 1, "typicalP", typicalP, "must lie in 0..1, where 1 keeps every token");
    require(repetitionPenalty > 0 && Double.isFinite(repetitionPenalty), "repetitionPenalty", repetitionPenalty,
        "must be positive and finite, where 1 is off");
  }

  /** These settings with another temperature. */
  public Decoding withTemperature(double newTemperature) {
    return new Decoding(newTemperature, topK, topP, minP, typicalP, repetitionPenalty);
  }

  /** These settings with another top-k. */
  public Decoding withTopK(int newTopK) {
    return new Decoding(temperature, newTopK, topP, minP, typicalP, repetitionPenalty);
  }

  /** These settings with another top-p. */
  public Decoding withTopP(double newTopP) {
    return new Decoding(temperature, topK, newTopP, minP, typicalP, repetitionPenalty);
  }

  /** These settings with another min-p. */
  public Decoding withMinP(double newMinP) {
    return new Decoding(temperature, topK, topP, newMinP, typicalP, repetitionPenalty);
  }

  /** These settings with another typical mass. */
  public Decoding withTypicalP(double newTypicalP) {
    return new Decoding(temperature, topK, topP, minP, newTypicalP, repetitionPenalty);
  }

  /** These settings with another repetition penalty. */
  public Decoding withRepetitionPenalty(double newRepetitionPenalty) {
    return new Decoding(temperature, topK, topP, minP, typicalP, newRepetitionPenalty);
  }

  /** Whether the most probable token is always taken and nothing drawn. */
  public boolean isGreedy() {
    return temperature == 0;
  }

  /**
   * What a token is drawn from: the probabilities after all filters, 0 exactly for tokens that were cut.
   *
   * @param logits one per token; -Infinity masks a token
   * @param seen   the ids in prompt and output so far, in any order; only the repetition penalty looks at them
   * @return [logits.length], a new array
   * @throws dev.sextant.NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   * @throws InvalidArgumentException             when a seen id lies outside the vocabulary
   */
  public double[] distribution(float[] logits, int[] seen) {
    Candidates candidates = new Candidates(logits.length);
    History history = new History(logits.length);
    history.accept(seen);
    candidates.load(logits);
    for (Filter filter : filters()) filter.apply(candidates, history);
    return candidates.probabilities();
  }

  /**
   * What each filter that is on does to these logits, in the order they apply. Computed anew from what {@link Decoder} saw,
   * so that choosing tokens costs nothing more for it.
   *
   * @param logits one per token; -Infinity masks a token
   * @param seen   the ids in prompt and output so far, in any order; only the repetition penalty looks at them
   * @throws dev.sextant.NonFiniteLogitsException when a logit is NaN or +Infinity, or none is finite
   * @throws InvalidArgumentException             when a seen id lies outside the vocabulary
   */
  public List<Cut> cuts(float[] logits, int[] seen) {
    Candidates candidates = new Candidates(logits.length);
    History history = new History(logits.length);
    history.accept(seen);
    candidates.load(logits);
    return filters().stream().map(filter -> Cut.by(filter, candidates, history)).toList();
  }

  /** The filters that are on, in the order they apply. */
  List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    if (repetitionPenalty != 1) filters.add(new RepetitionPenalty(repetitionPenalty));
    if (isGreedy()) {
      filters.add(new Best());
      return filters;
    }
    if (temperature != 1) filters.add(new Temperature(temperature));
    if (topK > 0) filters.add(new TopK(topK));
    if (topP < 1) filters.add(new TopP(topP));
    if (minP > 0) filters.add(new MinP(minP));
    if (typicalP < 1) filters.add(new Typical(typicalP));
    return filters;
  }

  private static void require(boolean holds, String name, Number value, String range) {
    if (!holds) throw new InvalidArgumentException(name + " is " + value + "; it " + range);
  }
}
