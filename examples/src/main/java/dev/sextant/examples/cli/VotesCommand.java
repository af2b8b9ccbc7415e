package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.report.VotesTable;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Who voted for a token. */
@Command(name = "votes",
    description = "Shows which parts of the model spoke for one token and against another after a text.")
final class VotesCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "PROMPT", description = "The text so far.")
  private String prompt;

  @Option(names = "--for", paramLabel = "TOKEN", converter = Values.Text.class,
      description = "The token that votes are for, such as \" over\". Default: the most probable one.")
  private @Nullable String forToken;

  @Option(names = "--against", paramLabel = "TOKEN", converter = Values.Text.class,
      description = "The token it stands against. Default, and where it is the most probable one itself: the most "
          + "probable other one.")
  private @Nullable String against;

  @Option(names = "--top", paramLabel = "N", defaultValue = "12", converter = Values.Count.class,
      description = "How many of the strongest votes to show; default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.openBriefly(root)) {
      TokenArgument tokens = new TokenArgument(model, spec.commandLine());
      int a = forToken == null ? Contest.CHOSEN : tokens.id("--for", forToken);
      int b = against == null ? Contest.RUNNER_UP : tokens.id("--against", against);
      if (a >= 0 && a == b) {
        throw new ParameterException(spec.commandLine(), "--for and --against are the same token, "
            + Visible.text(model.tokenizer().textOf(a)) + "; votes need two");
      }
      Votes votes = model.journey().prompt(prompt).votes(Contest.between(a, b)).run().tokens().getFirst().votes();
      if (b >= 0 && b == votes.tokenA()) toldOtherwise(votes, model, out);
      tell(votes, model, out);
    }
    return 0;
  }

  private void toldOtherwise(Votes votes, Model model, PrintWriter out) {
    out.println(
        "   " + name(votes.tokenA(), model) + " is the most probable token itself, so its votes stand against the "
            + "most probable other one, " + name(votes.tokenB(), model) + ".");
  }

  private void tell(Votes votes, Model model, PrintWriter out) {
    double difference = votes.difference();
    out.println("   The score of " + name(votes.tokenA(), model) + " is " + Numbers.decimal(Math.abs(difference), 3)
        + (difference < 0 ? " below" : " above") + " that of " + name(votes.tokenB(), model)
        + ". For it and against it spoke:");
    out.println();
    VotesTable.of(votes, top, root.style()).print(out, root.style());
    out.println();
    out.printf(Locale.ROOT, "   All votes add up to %.4f. What is left of the difference, %.0e, is rounding.%n",
        votes.sum(), votes.remainder());
  }

  private String name(int id, Model model) {
    return root.style().token(Visible.text(model.tokenizer().textOf(id)));
  }
}
