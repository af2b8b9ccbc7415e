package dev.sextant.examples.cli;

import dev.sextant.LoadOptions;
import dev.sextant.LoadReport;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.Sextant;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table.Column;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Visible;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What a model is, and what runs it. */
@Command(name = "info", description = "Shows what a model is, how it was opened, and what computes it.")
final class InfoCommand implements Runnable {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelOptions modelOptions;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    try (Model model = modelOptions.open(root)) {
      Table table = new Table(Column.left("").look(root.style()::bold), Column.left(modelOptions.name(root, model)));
      describe(model.config(), table);
      table.add("end tokens", list(model.config().endTokens().stream().map(id -> named(id, model)).toList()));
      describe(model.report(), table);
      describe(root.loadOptions(), table);
      table.print(out, root.style());
    }
  }

  private static void describe(ModelConfig config, Table table) {
    table.add("family", config.family());
    table.add("vocabulary", Numbers.plural(config.vocabularySize(), "token"));
    table.add("hidden size", Numbers.count(config.hiddenSize()));
    table.add("layers", Numbers.count(config.layers()));
    table.add("heads", config.heads() + " of width " + config.headWidth() + ", sharing "
        + Numbers.plural(config.keyValueHeads(), "key/value head"));
    table.add("MLP width", Numbers.count(config.mlpWidth()));
    table.add("context", Numbers.plural(config.contextLength(), "token"));
  }

  private static void describe(LoadReport report, Table table) {
    table.add("parameters", Numbers.count(report.parameters()));
    String copied = report.copiedBytes() == 0 ? "" : ", " + Numbers.bytes(report.copiedBytes()) + " converted";
    table.add("weights", Numbers.bytes(report.mappedBytes()) + " used where the file lies in memory" + copied);
    table.add("opened in", report.duration().toMillis() + " ms");
    table.add("unused tensors", list(report.unusedTensors()));
    table.add("unread settings", list(report.unreadKeys()));
  }

  private static void describe(LoadOptions options, Table table) {
    Sextant.Runtime runtime = Sextant.runtime();
    boolean vectors = options.vectorized() && runtime.lanes() > 1;
    int threads = options.threads() == 0 ? runtime.threads() : options.threads();
    table.add("computes with",
        (vectors ? runtime.kernels() + " kernels, " + runtime.lanes() + " numbers at a time" : "scalar kernels")
            + ", " + Numbers.plural(threads, "thread"));
    table.add("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** A token as {@link dev.sextant.TokenJourney} names it. */
  private static String named(int id, Model model) {
    String token = model.hasTokenizer() ? model.tokenizer().tokenOf(id) : null;
    return token == null ? "id " + id : Visible.text(token) + " (id " + id + ")";
  }

  private static String list(List<?> values) {
    return values.isEmpty() ? "none" : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
