package dev.sextant.examples.cli;

import dev.sextant.Model;
import dev.sextant.WeightFormat;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A model's weights in fewer bits, for good. */
@Command(name = "quantize",
    description = "Writes a model into a folder of its own, with its weights in the format of --weights.")
final class QuantizeCommand implements Runnable {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelFolder modelFolder;

  @Option(names = "--weights", paramLabel = "FORMAT", converter = Formats.Quantized.class,
      description = "The format to write, q8 or q4; must be given.")
  private @Nullable WeightFormat weights;

  @Parameters(paramLabel = "OUT", description = "The folder to write; it is made if it is not there.")
  private Path target;

  @Override
  public void run() {
    if (weights == null) throw new ParameterException(spec.commandLine(), "--weights q8 or q4 is missing");
    PrintWriter out = spec.commandLine().getOut();
    String name = modelFolder.shortName(root);
    try (Model model = Model.load(modelFolder.path(root), root.loadOptions().withWeights(weights))) {
      model.save(target, root.progress("writing"));
    }
    try (Model saved = Model.load(target)) {
      out.println(Visible.oneLine(target + ": " + name + ", " + Numbers.count(saved.report().parameters())
          + " parameters in " + Numbers.bytes(saved.report().mappedBytes())));
    }
  }
}
