package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.TokenJourney;
import dev.sextant.decode.Cut;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Part;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import dev.sextant.report.text.Bars;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Prose;
import dev.sextant.report.text.Style;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Visible;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Tells how a token was taken, and who spoke for it. */
final class DecisionText {
  private static final int BAR_WIDTH = 20;

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
    votes(position, expectation, decided == null ? best : decided.id());
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

  private void votes(int position, Distribution expectation, int chosen) {
    Votes votes = material.votes(position, expectation, List.of(rival(chosen))).getFirst();
    if (votes.tokenB() == Contest.NOBODY) return;
    prose.heading("7. Who voted for it");
    double difference = votes.difference();
    prose.paragraph("""
        The last row is the sum of all that was added on the way, so a token's score is a sum as well: every part can be
        asked how much it spoke for one token and against another. The score of %s is %s %s that of %s. The strongest
        votes:
        """, name(votes.tokenA()), Numbers.decimal(Math.abs(difference), 3), difference < 0 ? "below" : "above",
        name(votes.tokenB()));
    prose.table(table(votes.all().stream().sorted(Comparator.comparingDouble(vote -> -Math.abs(vote.value())))
        .limit(options.top()).toList()));
    prose.paragraph("""
        All votes add up to %s. What is left of the difference, %s, is rounding.
        """, Numbers.decimal(votes.sum(), 4), String.format(Locale.ROOT, "%.0e", votes.remainder()));
  }

  private Contest rival(int chosen) {
    int against = material.against();
    return against >= 0 && against != chosen ? Contest.between(chosen, against) : Contest.againstRunnerUp(chosen);
  }

  private Table table(List<Vote> strongest) {
    double most = strongest.isEmpty() ? 1 : Math.max(Math.abs(strongest.getFirst().value()), Double.MIN_NORMAL);
    Table table = new Table(Column.left("who"), Column.right("vote"), Column.left("").look(style::bar));
    for (Vote vote : strongest) {
      table.add(who(vote.part()), String.format(Locale.ROOT, "%+.3f", vote.value()),
          Bars.bar(Math.abs(vote.value()) / most, BAR_WIDTH));
    }
    return table;
  }

  /** Layers and heads count from 1 where people read. */
  static String who(Part part) {
    return switch (part) {
      case Part.Head(int layer, int head) -> "layer " + (layer + 1) + ", head " + (head + 1);
      case Part.Mlp(int layer) -> "layer " + (layer + 1) + ", MLP";
      case Part.AttentionBias(int layer) -> "layer " + (layer + 1) + ", attention bias";
      case Part.AttentionNormBias(int layer) -> "layer " + (layer + 1) + ", bias of the norm behind attention";
      case Part.MlpNormBias(int layer) -> "layer " + (layer + 1) + ", bias of the norm behind the MLP";
      default -> part.label();
    };
  }

  private String name(int id) {
    return style.token(Visible.text(material.journey().textOf(id)));
  }

  private static String number(double setting) {
    return setting == Math.rint(setting) ? Long.toString((long) setting) : Double.toString(setting);
  }
}
