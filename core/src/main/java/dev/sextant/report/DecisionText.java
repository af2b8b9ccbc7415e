package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.TokenJourney;
import dev.sextant.decode.Cut;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Prose;
import dev.sextant.report.text.Style;
import dev.sextant.report.text.Visible;
import java.util.Locale;

/** Tells how a token was taken, and who spoke for it. */
final class DecisionText {
  private final Material material;
  private final TextOptions options;
  private final Prose prose;
  private final Style style;

  DecisionText(Material material, TextOptions options, Prose prose) {
    this.material = material;
    this.options = options;
    this.prose = prose;
    this.style = options.style();
  }

  void tell(int position, Distribution expectation) {
    TokenJourney decided = material.decidedAt(position);
    prose.heading("6. A token is taken");
    int best = expectation.argmax();
    prose.paragraph("""
        Who always takes the most probable token (greedy decoding) takes %s. Who draws by these probabilities takes it
        about %d times out of 100.
        """, name(best), Math.round(100 * expectation.probability(best)));
    if (decided != null && !Double.isNaN(decided.drawn())) drawn(decided);
    prose.paragraph("The token taken is added to the text, and the journey begins again.");
    if (decided != null && expectation.vocabularySize() > 1) votes(decided);
  }

  private void drawn(TokenJourney decided) {
    for (Cut cut : decided.cuts()) {
      if (cut.tokens() == 0) continue;
      prose.paragraph("The filter %s (%s) cut %s, which had %s together.", cut.filter(), number(cut.setting()),
          Numbers.plural(cut.tokens(), "token"), Numbers.percent(cut.mass()));
    }
    prose.paragraph("""
        Here %s left to draw from. The random number drawn, %s, points at %s, which had %s among them.
        """, decided.candidates() == 1 ? "1 token is" : Numbers.count(decided.candidates()) + " tokens are",
        Numbers.decimal(decided.drawn(), 4), name(decided.id()), Numbers.percent(decided.probability()));
  }

  private void votes(TokenJourney decided) {
    int against = material.against();
    Votes votes = material.votes(decided,
        against < 0 ? Contest.chosenAgainstRunnerUp() : Contest.chosenAgainst(against));
    prose.heading("7. Who voted for it");
    if (against == votes.tokenA()) {
      prose.paragraph("""
          Votes against %s were asked for. It was taken itself, so they stand against the most probable other token, %s.
          """, name(against), name(votes.tokenB()));
    }
    double difference = votes.difference();
    prose.paragraph("""
        The last row is the sum of all that was added on the way, so a token's score is a sum as well: every part can be
        asked how much it spoke for one token and against another. The score of %s is %s %s that of %s. The strongest
        votes:
        """, name(votes.tokenA()), Numbers.decimal(Math.abs(difference), 3), difference < 0 ? "below" : "above",
        name(votes.tokenB()));
    prose.table(VotesTable.of(votes, options.top(), style));
    prose.paragraph("""
        All votes add up to %s. What is left of the difference, %s, is rounding.
        """, Numbers.decimal(votes.sum(), 4), String.format(Locale.ROOT, "%.0e", votes.remainder()));
  }

  private String name(int id) {
    return style.token(Visible.text(material.journey().textOf(id)));
  }

  private static String number(double setting) {
    return setting == Math.rint(setting) ? Long.toString((long) setting) : Double.toString(setting);
  }
}
