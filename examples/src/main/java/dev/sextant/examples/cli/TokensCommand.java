package dev.sextant.examples.cli;

import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Visible;
import dev.sextant.tokenizer.Encoding;
import dev.sextant.tokenizer.Tokenizer;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Encoding encoding = Tokenizer.load(modelOptions.folder(root)).encode(text);
    Table table = new Table(Column.right("position"), Column.right("id"),
        Column.left("token").look(root.style()::token),
        Column.left("characters"), Column.left("of the text"));
    int[] offsets = encoding.charOffsets();
    for (int i = 0; i < encoding.size(); i++) {
      String range = encoding.isAdded(i) ? "added" : offsets[2 * i] + ".." + offsets[2 * i + 1];
      String part = encoding.isAdded(i) ? "" : Visible.text(encoding.textOf(i));
      table.add(Integer.toString(i), Integer.toString(encoding.id(i)), encoding.tokens().get(i), range, part);
    }
    table.print(out, root.style());
    out.println();
    out.println("   " + Numbers.plural(encoding.size(), "token") + " for "
        + Numbers.plural(text.codePointCount(0, text.length()), "character"));
  }
}
