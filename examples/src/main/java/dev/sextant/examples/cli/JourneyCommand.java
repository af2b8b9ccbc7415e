package dev.sextant.examples.cli;

import dev.sextant.Generate;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.report.Report;
import dev.sextant.report.TextOptions;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** The way of a token, told. */
@Command(name = "journey",
    description = "Tells, step by step, how the model comes from a text to the token that follows.")
final class JourneyCommand implements Callable<Integer> {
  private static final int USUAL_TOKENS = 1;
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Mixin
  private DecodingOptions decodingOptions;

  @Parameters(paramLabel = "PROMPT", description = "The text whose last token is followed.")
  private String prompt;

  @Option(names = "--against", paramLabel = "TOKEN", converter = Values.Text.class,
      description = "Counts votes against this token, such as \" cold\". Default, and where it is decided itself: the "
          + "most probable other one.")
  private @Nullable String against;

  @Option(names = "--html", paramLabel = "FILE",
      description = "Writes one HTML file, which opens without a network, instead of telling; - is standard output.")
  private @Nullable Path html;

  @Option(names = "--json", paramLabel = "FILE",
      description = "Writes all numbers as JSON instead of telling; - is standard output. docs/journey-schema.md "
          + "describes it.")
  private @Nullable Path json;

  @Option(names = "--layer", paramLabel = "N", split = ",", converter = Values.Count.class,
      description = "Tells of this layer only, from 1; may be given several times. Default: all. "
          + "Not with --html or --json, which have all layers.")
  private List<Integer> chosenLayers = new ArrayList<>();

  @Option(names = "--top", paramLabel = "N", defaultValue = "10", converter = Values.Count.class,
      description = "How many of the most probable tokens to show; default: ${DEFAULT-VALUE}.")
  private int top;

  @Override
  public Integer call() throws IOException {
    if (STANDARD_OUTPUT.equals(html) && STANDARD_OUTPUT.equals(json)) {
      throw new ParameterException(spec.commandLine(), "--html and --json cannot both go to standard output");
    }
    try (Model model = modelOptions.openBriefly(root)) {
      requireLayers(model.config().layers());
      Report report = report(model);
      if (html == null && json == null) tell(report, model, spec.commandLine().getOut());
      if (html != null) write(html, report::writeHtml, report::writeHtml);
      if (json != null) write(json, report::writeJson, report::writeJson);
    }
    return 0;
  }

  private Report report(Model model) {
    int rival = against == null ? -1 : new TokenArgument(model, spec.commandLine()).id("--against", against);
    Generate generate = decodingOptions.apply(model.generate().prompt(prompt), USUAL_TOKENS);
    Journey journey = Report.ready(generate.journey()).run();
    Report report = Report.of(model, journey).named(modelOptions.shortName(root))
        .prompted(model.tokenizer().encode(prompt));
    return rival < 0 ? report : report.against(rival);
  }

  private void tell(Report report, Model model, PrintWriter out) {
    out.println(root.style().bold("The journey of a token") + " through " + modelOptions.name(root, model));
    List<Integer> layers = chosenLayers.stream().map(layer -> layer - 1).toList();
    report.writeText(out, new TextOptions(root.style(), layers, top));
  }

  /** A way to write a report. */
  @FunctionalInterface
  private interface Form<T> {
    void write(T target) throws IOException;
  }

  private void write(Path file, Form<Path> whole, Form<OutputStream> streamed) throws IOException {
    if (file.equals(STANDARD_OUTPUT)) {
      streamed.write(root.output());
      root.output().flush();
      return;
    }
    whole.write(file);
    boolean taken = STANDARD_OUTPUT.equals(html) || STANDARD_OUTPUT.equals(json);
    PrintWriter told = taken ? spec.commandLine().getErr() : spec.commandLine().getOut();
    told.println("wrote " + Visible.oneLine(file.toString()) + " (" + Numbers.bytes(Files.size(file)) + ")");
  }

  private void requireLayers(int layers) {
    if (!chosenLayers.isEmpty() && (html != null || json != null)) {
      throw new ParameterException(spec.commandLine(),
          "--layer chooses what is told; " + (html != null ? "a page" : "a file of JSON") + " has all layers");
    }
    for (int layer : chosenLayers) {
      if (layer < 1 || layer > layers) {
        throw new ParameterException(spec.commandLine(),
            "--layer is " + layer + "; this model has the layers 1 to " + layers);
      }
    }
  }
}
