package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.explain.Geometry;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.TokenSpace;
import dev.sextant.report.text.Bars;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Visible;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Which tokens are alike. */
@Command(name = "nearest", description = "Shows the tokens whose rows of numbers are most like those of a token.")
final class NearestCommand implements Runnable {
  private static final int BAR_WIDTH = 24;

  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "TOKEN", converter = Values.Text.class,
      description = "A token, such as \" Monday\" with its space, or #ID.")
  private String token;

  @Option(names = "--unembedding",
      description = "Compares what speaks for tokens at the end, instead of what they mean at the start.")
  private boolean unembedding;

  @Option(names = "--top", paramLabel = "N", defaultValue = "10", converter = Values.Count.class,
      description = "How many tokens to show; default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.open(root)) {
      int id = new TokenArgument(model, spec.commandLine()).id("TOKEN", token);
      TokenSpace space = unembedding ? TokenSpace.UNEMBEDDING : TokenSpace.EMBEDDING;
      Table table = new Table(Column.right("id"), Column.left("token").look(root.style()::token),
          Column.right("cosine"),
          Column.left("").look(root.style()::bar));
      for (Neighbour near : Geometry.of(model).neighbours(id, space, top)) {
        table.add(Integer.toString(near.id()), Visible.text(near.text()), Numbers.decimal(near.similarity(), 3),
            Bars.bar(near.similarity(), BAR_WIDTH));
      }
      table.print(out, root.style());
    }
  }
}
