package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.TokenProbability;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What each layer would say. */
@Command(name = "lens", description = "Shows what the model would say after a text if it stopped at each layer.")
final class LensCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "PROMPT", description = "The text so far.")
  private String prompt;

  @Option(names = "--follow", paramLabel = "TOKEN", converter = Values.Text.class,
      description = "Follows this token through the layers. Default: the one that leads in the end.")
  private @Nullable String follow;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.openBriefly(root)) {
      LensPlan plan = LensPlan.atDecisions().withTop(1);
      int asked = follow == null ? -1 : new TokenArgument(model, spec.commandLine()).id("--follow", follow);
      LogitLens lens = model.journey().prompt(prompt).lens(asked < 0 ? plan : plan.following(asked)).run().tokens()
          .getFirst().lens();
      int followed = asked < 0 ? lens.finalChoice() : asked;
      String name = Visible.text(model.tokenizer().textOf(followed));
      table(lens, followed, name).print(out, root.style());
      out.println();
      out.println("   " + lead(lens, followed, name));
    }
    return 0;
  }

  private Table table(LogitLens lens, int followed, String name) {
    Table table = new Table(Column.right("layer"), Column.left("would say").look(root.style()::token),
        Column.right("at"),
        Column.right("rank of " + name), Column.right("at"), Column.right("KL in nats"));
    for (int i = 0; i <= lens.layers(); i++) {
      TokenProbability best = lens.reading(i).top().getFirst();
      table.add(i == 0 ? "start" : Integer.toString(i), Visible.text(best.text()), Numbers.percent(best.probability()),
          Numbers.count(lens.rank(i, followed) + 1L), Numbers.percent(lens.probability(i, followed)),
          Numbers.decimal(lens.reading(i).divergence(), 3));
    }
    return table;
  }

  private static String lead(LogitLens lens, int followed, String name) {
    int from = lens.leadsFrom(followed);
    if (from < 0) return name + " does not lead in the end.";
    return name + " leads from " + (from == 0 ? "the start" : "layer " + from) + " to the end.";
  }
}
