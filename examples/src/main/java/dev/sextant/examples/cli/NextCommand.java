package dev.sextant.examples.cli;

import dev.sextant.Distribution;
import dev.sextant.Model;
import dev.sextant.report.text.DistributionTable;
import dev.sextant.report.text.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What comes next. */
@Command(name = "next", description = "Shows what the model expects to come next, and how surely.")
final class NextCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Parameters(paramLabel = "PROMPT", description = "The text so far.")
  private String prompt;

  @Option(names = "--top", paramLabel = "N", defaultValue = "10", converter = Values.Count.class,
      description = "How many tokens to show; default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(names = {"-t", "--temperature"}, paramLabel = "T", defaultValue = "1", converter = Values.Positive.class,
      description = "Below 1 sharpens, above 1 flattens; default: ${DEFAULT-VALUE}.")
  private double temperature;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.openBriefly(root)) {
      int[] ids = model.tokenizer().encode(prompt).ids();
      Distribution next = model.nextTokenDistribution(ids).withTemperature(temperature);
      new DistributionTable(root.style()).table(next, top).print(out, root.style());
      out.println();
      out.println("   Entropy " + Numbers.decimal(next.entropy(), 2) + " nats: as undecided as between "
          + Numbers.decimal(Math.exp(next.entropy()), 1) + " equally likely tokens.");
    }
    return 0;
  }
}
