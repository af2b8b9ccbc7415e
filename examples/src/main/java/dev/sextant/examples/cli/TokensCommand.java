package dev.sextant.examples.cli;

import dev.sextant.explain.TokenMerges;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Visible;
import dev.sextant.tokenizer.Encoding;
import dev.sextant.tokenizer.Tokenizer;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** How a text becomes ids. */
@Command(name = "tokens", description = "Shows how a text becomes tokens and ids.")
final class TokensCommand implements Runnable {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "TEXT", description = "The text to cut into tokens.")
  private String text;

  @Option(names = "--merges",
      description = "Shows, for each token, the merges that made it, in their order, each with its rank.")
  private boolean merges;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Tokenizer tokenizer = Tokenizer.load(modelOptions.folder(root));
    Encoding encoding = tokenizer.encode(text);
    Table table = new Table(Column.right("position"), Column.right("id"),
        Column.left("token").look(root.style()::token),
        Column.left("characters"), Column.left("of the text"));
    int[] offsets = encoding.charOffsets();
    for (int i = 0; i < encoding.size(); i++) {
      String range = encoding.isAdded(i) ? "added" : offsets[2 * i] + ".." + offsets[2 * i + 1];
      String part = encoding.isAdded(i) ? "" : Visible.text(encoding.textOf(i));
      table.add(Integer.toString(i), Integer.toString(encoding.id(i)), Visible.text(encoding.tokens().get(i)), range,
          part);
    }
    table.print(out, root.style());
    out.println();
    out.println("   " + Numbers.plural(encoding.size(), "token") + " for "
        + Numbers.plural(text.codePointCount(0, text.length()), "character"));
    if (merges) tellMerges(TokenMerges.of(tokenizer, text), out);
  }

  private void tellMerges(List<TokenMerges> tokens, PrintWriter out) {
    Table table = new Table(Column.right("position"), Column.left("token").look(root.style()::token),
        Column.right("rank"), Column.left("merge"));
    for (int i = 0; i < tokens.size(); i++) {
      String position = Integer.toString(i);
      String token = Visible.text(tokens.get(i).text());
      if (tokens.get(i).steps().isEmpty()) table.add(position, token, "", "no merge");
      for (TokenMerges.Step step : tokens.get(i).steps()) {
        boolean first = step == tokens.get(i).steps().getFirst();
        table.add(first ? position : "", first ? token : "", Integer.toString(step.rank()),
            Visible.text(step.left()) + " + " + Visible.text(step.right()) + " → " + Visible.text(step.merged()));
      }
    }
    out.println();
    table.print(out, root.style());
    out.println();
    out.println("   Of all merges that are possible, the one with the lowest rank goes first.");
  }
}
