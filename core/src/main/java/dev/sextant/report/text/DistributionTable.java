package dev.sextant.report.text;

import dev.sextant.Distribution;
import dev.sextant.TokenProbability;
import dev.sextant.report.text.Table.Column;
import java.util.List;

/** The most probable tokens with their bars, and what is left for all others. */
public final class DistributionTable {
  private static final int WIDTH = 32;

  private final Style style;

  public DistributionTable(Style style) {
    this.style = style;
  }

  /**
   * Bars are relative to the best token's.
   *
   * @param count how many tokens to show
   */
  public Table table(Distribution next, int count) {
    Table table = new Table(Column.right("id"), Column.left("token").look(style::token), Column.right("probability"),
        Column.left("").look(style::bar), Column.right("logit"));
    List<TokenProbability> top = next.top(count);
    double rest = 1;
    for (TokenProbability token : top) {
      rest -= token.probability();
      table.add(Integer.toString(token.id()), Visible.text(token.text()), Numbers.percent(token.probability()),
          Bars.bar(token.probability() / top.getFirst().probability(), WIDTH), Numbers.decimal(token.logit(), 3));
    }
    int others = next.vocabularySize() - top.size();
    if (others > 0) table.add("", "(" + Numbers.count(others) + " others)", Numbers.percent(Math.max(0, rest)), "", "");
    return table;
  }
}
