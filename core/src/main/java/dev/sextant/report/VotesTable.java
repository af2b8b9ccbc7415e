package dev.sextant.report;

import dev.sextant.InvalidArgumentException;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import dev.sextant.report.text.Bars;
import dev.sextant.report.text.Style;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The strongest votes with their bars. */
public final class VotesTable {
  private static final int BAR_WIDTH = 20;

  private VotesTable() {}

  /**
   * The strongest first, for or against; bars are relative to it. Votes of 0 are left out.
   *
   * @param count how many to show, at least 0
   */
  public static Table of(Votes votes, int count, Style style) {
    if (count < 0) throw new InvalidArgumentException("count is " + count + "; it must not be negative");
    List<Vote> strongest = votes.all().stream().filter(vote -> vote.value() != 0)
        .sorted(Comparator.comparingDouble(vote -> -Math.abs(vote.value()))).limit(count).toList();
    Table table = new Table(Column.left("who"), Column.right("vote"), Column.left("").look(style::bar));
    for (Vote vote : strongest) {
      table.add(vote.part().label(), String.format(Locale.ROOT, "%+.3f", vote.value()),
          Bars.bar(Math.abs(vote.value() / strongest.getFirst().value()), BAR_WIDTH));
    }
    return table;
  }
}
