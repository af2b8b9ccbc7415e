package dev.sextant;

import dev.sextant.decode.Decoding;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import dev.sextant.trace.Captured;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Change;
import dev.sextant.trace.Station;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A complete run: what was captured of it, and the story of each decided token. Immutable; independent of the model, which
 * may be closed.
 */
public final class Journey {
  /**
   * What was asked for.
   *
   * @param config of the model
   * @param capture what was to be kept
   * @param changes what was changed on the way
   * @param decoding how tokens were chosen
   */
  record Terms(ModelConfig config, CapturePlan capture, List<Change> changes, Decoding decoding) {}

  private final Terms terms;
  private final Generation generation;
  private final List<TokenJourney> tokens;
  private final Captured captured;
  private final List<LogitLens> ofPrompt;
  private final IntFunction<String> textOf;

  /**
   * @param ofPrompt what lenses read where no token was decided
   */
  Journey(Terms terms, Generation generation, List<TokenJourney> tokens, Captured captured,
      List<LogitLens> ofPrompt, IntFunction<String> textOf) {
    this.terms = terms;
    this.generation = generation;
    this.tokens = List.copyOf(tokens);
    this.captured = captured;
    this.ofPrompt = List.copyOf(ofPrompt);
    this.textOf = textOf;
  }

  /** The model it went through. */
  public ModelConfig config() {
    return terms.config;
  }

  /** What was to be captured. */
  public CapturePlan capture() {
    return terms.capture;
  }

  /** What was changed on the way, in the order the changes were made; empty: nothing. */
  public List<Change> changes() {
    return terms.changes;
  }

  /** How tokens were chosen. */
  public Decoding decoding() {
    return terms.decoding;
  }

  /** What was generated: prompt, text, why it ended, seed, timings. */
  public Generation generation() {
    return generation;
  }

  /** The decided tokens; empty where none was asked for. */
  public List<TokenJourney> tokens() {
    return tokens;
  }

  /** The ids of the whole text, a copy: prompt, then decided tokens. The last decided token has not passed the model. */
  public int[] ids() {
    IntStream prompt = generation.promptIds().stream().mapToInt(Integer::intValue);
    return IntStream.concat(prompt, tokens.stream().mapToInt(TokenJourney::id)).toArray();
  }

  /** How many tokens the prompt has. */
  public int promptLength() {
    return generation.promptIds().size();
  }

  /** The text of any token; empty where the model has no tokenizer. */
  public String textOf(int id) {
    return textOf.apply(id);
  }

  /** What was captured, over all positions that passed. */
  public Captured captured() {
    return captured;
  }

  /** What was captured up to and with the pass that decided a token: a text may pass again later (LongRoPE). */
  Captured capturedUntil(int index) {
    return Captured.join(tokens.subList(0, index + 1).stream().map(TokenJourney::captured).toList());
  }

  /** What was captured at a station of a layer, over all positions that passed. */
  public CapturedRows at(Station station, int layer) {
    return captured.at(station, layer);
  }

  /** What was captured at a station outside the blocks. */
  public CapturedRows at(Station station) {
    return captured.at(station);
  }

  /**
   * All that lenses read, by position; empty unless asked for. Where a text has passed again (LongRoPE), what was read last.
   */
  public List<LogitLens> lenses() {
    SortedMap<Integer, LogitLens> all = new TreeMap<>();
    for (LogitLens lens : ofPrompt) all.put(lens.position(), lens);
    for (TokenJourney token : tokens) for (LogitLens lens : token.lenses()) all.put(lens.position(), lens);
    return List.copyOf(all.values());
  }

  /**
   * Bytes of logits and captured numbers, of votes and of what lenses read: what {@link JourneyPlan#forecast()} says, if as
   * many tokens were decided; of lenses, it may say a little more.
   */
  public long bytes() {
    long votes = tokens.stream().flatMap(token -> token.allVotes().stream()).mapToLong(Votes::bytes).sum();
    return captured.bytes() + (long) Float.BYTES * config().vocabularySize() * tokens.size() + votes
        + lenses().stream().mapToLong(LogitLens::bytes).sum();
  }

  @Override
  public String toString() {
    return "Journey of " + promptLength() + " + " + tokens.size() + " tokens, captured " + captured.stations();
  }
}
