package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.Score;
import dev.sextant.ScoredToken;
import dev.sextant.report.text.Bars;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How expected a text is. */
@Command(name = "score", description = "Shows how much each token of a text surprises the model, and its perplexity.")
final class ScoreCommand implements Callable<Integer> {
  private static final int BAR_WIDTH = 24;
  private static final double FULL_BAR = 12;

  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "TEXT", description = "The text to score.")
  private String text;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.openBriefly(root)) {
      Score score = model.score(text);
      Table table = new Table(Column.right("position"), Column.left("token").look(root.style()::token),
          Column.right("probability"), Column.right("surprisal"), Column.left("").look(root.style()::bar));
      for (ScoredToken token : score.tokens()) {
        table.add(Integer.toString(token.position()), Visible.text(token.text()), Numbers.percent(token.probability()),
            Numbers.decimal(token.surprisal(), 3), Bars.bar(token.surprisal() / FULL_BAR, BAR_WIDTH));
      }
      table.print(out, root.style());
      out.println();
      out.println(
          "   " + Numbers.plural(score.scored(), "token") + " scored: " + Numbers.decimal(score.meanSurprisal(), 3)
              + " nats each, perplexity " + Numbers.decimal(score.perplexity(), 2) + ".");
    }
    return 0;
  }
}
