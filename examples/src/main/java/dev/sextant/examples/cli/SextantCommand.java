package dev.sextant.examples.cli;

import dev.sextant.LoadOptions;
import dev.sextant.report.text.Style;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command that holds the others, and what they share. */
@Command(name = "sextant", version = "Sextant 0.1.0-SNAPSHOT", mixinStandardHelpOptions = true,
    description = "Runs a language model and shows its work.", scope = ScopeType.INHERIT, subcommands = {
      JourneyCommand.class, NextCommand.class, LensCommand.class, VotesCommand.class, ScoreCommand.class,
      NearestCommand.class, GenerateCommand.class, TokensCommand.class, InspectCommand.class, InfoCommand.class,
      FamiliesCommand.class, QuantizeCommand.class, DamageCommand.class, HelpCommand.class})
final class SextantCommand implements Runnable {
  private final Path demo;
  private final Style style;
  private final boolean progress;
  private final LongSupplier clock;
  private final OutputStream output;
  private final List<ProgressBar> bars = new ArrayList<>();

  @Spec
  private CommandSpec spec;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "0", converter = Values.Threads.class,
      scope = ScopeType.INHERIT,
      description = "Threads that compute together; 0, the default, is one per processor.")
  private int threads;

  @Option(names = "--scalar", scope = ScopeType.INHERIT,
      description = "Compute with plain Java instead of vector instructions.")
  private boolean scalar;

  @Option(names = "--stacktrace", scope = ScopeType.INHERIT,
      description = "Show where in the program an error arose.")
  private boolean stacktrace;

  /**
   * @param clock tells nanoseconds
   * @param output the standard output, for what is written in bytes
   */
  SextantCommand(Path demo, Style style, boolean progress, LongSupplier clock, OutputStream output) {
    this.demo = demo;
    this.style = style;
    this.progress = progress;
    this.clock = clock;
    this.output = output;
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(),
        "a command is missing, for example: sextant journey \"The storm is\"");
  }

  /** The model that is used when none is named. */
  Path demo() {
    return demo;
  }

  /** The standard output, for what is written in bytes. */
  OutputStream output() {
    return output;
  }

  Style style() {
    return style;
  }

  boolean stacktrace() {
    return stacktrace;
  }

  /** How to open a model, as the options say. */
  LoadOptions loadOptions() {
    return LoadOptions.defaults().withThreads(threads).withVectorized(!scalar).withProgress(progress("loading"));
  }

  /** A bar for some work, or nothing where none may be drawn. */
  DoubleConsumer progress(String work) {
    if (!progress) return _ -> {};
    ProgressBar bar = new ProgressBar(work, spec.commandLine().getErr(), clock);
    bars.add(bar);
    return bar;
  }

  /** Takes away the bars of work that ended before it was done. */
  void clearProgress() {
    bars.forEach(ProgressBar::clear);
  }
}
