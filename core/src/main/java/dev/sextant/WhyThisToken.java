package dev.sextant;

import dev.sextant.decode.Cut;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import dev.sextant.numeric.Checks;
import dev.sextant.report.text.Visible;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Why a token was decided, in one report: what the model said and the runner-up, who voted for it and who against, where the
 * leading heads looked, in which layer it began to lead, and what the filters and the random number did. Immutable.
 */
public final class WhyThisToken {
  /** How many heads, those with the strongest votes, are split by the positions they looked at. */
  static final int HEADS = 8;
  private static final int SHOWN = 5;
  private static final int LOOKS = 3;

  /**
   * How it was chosen from the distribution.
   *
   * @param cuts what each filter did, in the order they worked
   * @param candidates how many tokens they left
   * @param drawn the random number that pointed at the token, in [0, 1); NaN when greedy
   * @param probability of the token in the distribution it was drawn from; 1 when greedy
   */
  public record Choice(List<Cut> cuts, int candidates, double drawn, double probability) {
    public Choice { cuts = List.copyOf(cuts); }
  }

  private final int token;
  private final Distribution distribution;
  private final Votes votes;
  private final LogitLens lens;
  private final Choice choice;
  private final int[] context;
  private final IntFunction<String> textOf;

  /**
   * @param context the ids before the token
   */
  WhyThisToken(int token, Distribution distribution, Votes votes, LogitLens lens, Choice choice, int[] context,
      IntFunction<String> textOf) {
    this.token = token;
    this.distribution = distribution;
    this.votes = votes;
    this.lens = lens;
    this.choice = choice;
    this.context = context.clone();
    this.textOf = textOf;
  }

  /** The decided token and what the model gave it. */
  public TokenProbability token() {
    return shown(token);
  }

  /** The token that votes were counted against; the decided one where votes are for its logit alone. */
  public TokenProbability against() {
    return shown(votes.tokenB() < 0 ? token : votes.tokenB());
  }

  /** What the model said. */
  public Distribution distribution() {
    return distribution;
  }

  /** All votes. */
  public Votes votes() {
    return votes;
  }

  /** The heads with the strongest votes, and the positions they looked at. */
  public List<Sources> looks() {
    return votes.sources();
  }

  /** What the model would have said from each layer. */
  public LogitLens lens() {
    return lens;
  }

  /** The layer behind which the token leads for good; -1: before the first, or, as {@link #led} tells, never. */
  public int decidedBehindLayer() {
    return Math.max(0, lens.leadsFrom(token)) - 1;
  }

  /** Whether it was the model's most probable token: a drawn one need not be. */
  public boolean led() {
    return lens.leadsFrom(token) >= 0;
  }

  /** How it was chosen. */
  public Choice choice() {
    return choice;
  }

  /** The text of the token at a position before the decided one, from 0. */
  public String textAt(int position) {
    return textOf.apply(context[Checks.index("position", position, context.length)]);
  }

  private TokenProbability shown(int id) {
    return new TokenProbability(id, textOf.apply(id), distribution.probability(id), distribution.logit(id));
  }

  /** The report, for people: a few lines, in which layers and heads count from 1. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    line(text, "%s had %.1f %%; against %s with %.1f %%, %+.2f in logits", Visible.quoted(token().text()),
        100 * token().probability(), Visible.quoted(against().text()), 100 * against().probability(),
        votes.difference());
    for (Vote vote : votes.strongestFor(SHOWN)) line(text, "  for:     %s", vote);
    for (Vote vote : votes.strongestAgainst(SHOWN)) line(text, "  against: %s", vote);
    line(text, "  remainder of the sum: %.1e", votes.remainder());
    for (Sources head : looks().subList(0, Math.min(SHOWN, looks().size()))) look(text, head);
    line(text, led() ? decidedBehindLayer() < 0 ? "  it led before the first layer" : "  it leads from layer %d on"
        : "  it was not the model's first choice", decidedBehindLayer() + 1);
    for (Cut cut : choice.cuts)
      line(text, "  %s %s cut %d tokens with %.1f %%, left %d", cut.filter(), cut.setting(), cut.tokens(),
          100 * cut.mass(), cut.left());
    if (!Double.isNaN(choice.drawn)) line(text, "  the random number was %.6f", choice.drawn);
    return text.toString();
  }

  private void look(StringBuilder text, Sources head) {
    text.append("  ").append(head.head().label()).append(" looked at");
    for (Sources.Source source : head.strongest(LOOKS))
      text.append(String.format(Locale.ROOT, " %s (%.0f %%, %+.2f)", Visible.quoted(textAt(source.position())),
          100 * source.probability(), source.vote()));
    text.append('\n');
  }

  private static void line(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
