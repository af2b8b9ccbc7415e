package dev.sextant;

import dev.sextant.decode.Chosen;
import dev.sextant.decode.Cut;
import dev.sextant.decode.Decoding;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import dev.sextant.report.text.Visible;
import dev.sextant.trace.Captured;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The story of one decided token: the pass that led to it, what the model said, and how it was chosen. The pass of the first
 * token is that of the whole prompt; that of each further one is of the token before. Immutable.
 */
public final class TokenJourney {
  /**
   * What was decided.
   *
   * @param token the token
   * @param chosen how it was chosen
   * @param decoding by which settings
   * @param logits from which logits; nobody changes them any more
   * @param answers what was asked about it
   */
  record Decision(GeneratedToken token, Chosen chosen, Decoding decoding, float[] logits, Answers answers) {}

  private final Decision decision;
  /** May be longer, and go on with later tokens. */
  private final int[] ids;
  private final int before;
  private final Captured captured;
  private final IntFunction<String> textOf;

  /**
   * @param ids of the text; those before the token are not changed any more
   * @param before how many are before the token
   */
  TokenJourney(Decision decision, int[] ids, int before, Captured captured, IntFunction<String> textOf) {
    this.decision = decision;
    this.ids = ids;
    this.before = before;
    this.captured = captured;
    this.textOf = textOf;
  }

  /** The decided token, as a generation tells it. */
  public GeneratedToken token() {
    return decision.token;
  }

  /** 0 for the first decided token. */
  public int index() {
    return decision.token.index();
  }

  public int id() {
    return decision.token.id();
  }

  /** The token's own text, be it part of a stop string or half a character; empty where the model has no tokenizer. */
  public String text() {
    return textOf.apply(id());
  }

  /** Where it was decided: the position of the token before it, the last one its pass has read. */
  public int position() {
    return before - 1;
  }

  /** The ids of the text before the token, a copy: prompt, then earlier decided tokens. */
  public int[] context() {
    return Arrays.copyOf(ids, before);
  }

  /** What the model said: temperature 1, no filters. */
  public Distribution distribution() {
    return Distribution.owning(decision.logits, textOf);
  }

  /** The token the model would most likely have said instead: the most probable one apart from that chosen. */
  public TokenProbability runnerUp() {
    List<TokenProbability> top = distribution().top(2);
    return top.getFirst().id() == id() && top.size() > 1 ? top.get(1) : top.getFirst();
  }

  /** By which settings it was chosen. */
  public Decoding decoding() {
    return decision.decoding;
  }

  /**
   * The random number that pointed at it, in [0, 1); NaN when greedy, where nothing is drawn. The draw can be repeated: of
   * {@code decoding().distribution(distribution().logits(), context())}, the token is the first up to which the
   * probabilities, added up by ascending id, exceed it.
   */
  public double drawn() {
    return decision.chosen.drawn();
  }

  /** Its probability in the distribution it was drawn from, behind all filters; 1 when greedy. */
  public double probability() {
    return decision.chosen.probability();
  }

  /** How many tokens the filters had left. */
  public int candidates() {
    return decision.chosen.candidates();
  }

  /** What each filter did, in the order they worked. Computed when it is asked for. */
  public List<Cut> cuts() {
    return decision.decoding.cuts(decision.logits, context());
  }

  /** What was captured in its pass. */
  public Captured captured() {
    return captured;
  }

  /** What was captured in its pass at a station of a layer. */
  public CapturedRows at(Station station, int layer) {
    return captured.at(station, layer);
  }

  /**
   * The votes for the token, of the first contest that was asked for.
   *
   * @throws InvalidArgumentException if none was
   */
  public Votes votes() {
    if (decision.answers.votes().isEmpty())
      throw new InvalidArgumentException("no votes were counted; ask for them with votes() before the run");
    return decision.answers.votes().getFirst();
  }

  /** The votes of every contest that was asked for, in their order; empty if none was. */
  public List<Votes> allVotes() {
    return decision.answers.votes();
  }

  /**
   * What the model would have said from each layer, where the token was decided.
   *
   * @throws InvalidArgumentException if no lens was asked for, or not at this position
   */
  public LogitLens lens() {
    List<LogitLens> lenses = decision.answers.lenses();
    if (lenses.isEmpty() || lenses.getLast().position() != position())
      throw new InvalidArgumentException(
          "no lens read position " + position() + "; ask for it with lens() before the run");
    return lenses.getLast();
  }

  /** All that lenses read in its pass, by position: of the first token, in the whole prompt. */
  public List<LogitLens> lenses() {
    return decision.answers.lenses();
  }

  /**
   * Why this token: all that is known of its decision, in one report.
   *
   * @throws InvalidArgumentException if votes or lens were not asked for; {@link JourneyPlan#why()} asks for both
   */
  public WhyThisToken why() {
    return new WhyThisToken(id(), distribution(), votes(), lens(),
        new WhyThisToken.Choice(cuts(), candidates(), drawn(), probability()), context(), textOf);
  }

  /** Bytes of logits and captured numbers, of votes and of what lenses read. */
  public long bytes() {
    return captured.bytes() + (long) Float.BYTES * decision.logits.length + decision.answers.bytes();
  }

  @Override
  public String toString() {
    return "token " + index() + " " + Visible.quoted(text()) + " (id " + id() + "), decided at position " + position();
  }
}
