package dev.sextant.examples.cli;

import dev.sextant.CacheFormat;
import dev.sextant.Damage;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.SextantException;
import dev.sextant.WeightFormat;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Table;
import dev.sextant.report.text.Table.Column;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** What fewer bits cost. */
@Command(name = "damage",
    description = "Compares a model in the format of --weights with the same model as stored, over a text.")
final class DamageCommand implements Callable<Integer> {
  @ParentCommand
  private SextantCommand root;

  @Spec
  private CommandSpec spec;

  @Mixin
  private ModelFolder modelFolder;

  @Option(names = "--weights", paramLabel = "FORMAT", converter = Formats.Quantized.class,
      description = "The format that is compared with the weights as stored, q8 or q4; must be given.")
  private @Nullable WeightFormat weights;

  @Option(names = "--cache", paramLabel = "FORMAT", defaultValue = "f32", converter = Formats.Cache.class,
      description = "How keys and values are kept in memory, in both: f32 or bf16. Default: f32.")
  private CacheFormat cache;

  @Option(names = "--by-layer", description = "Also with each layer alone in that format, which takes a while.")
  private boolean byLayer;

  @Parameters(paramLabel = "FILE", description = "A text in UTF-8.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    if (weights == null) {
      throw new ParameterException(spec.commandLine(), "--weights q8 or q4 is missing: as stored, nothing is damaged");
    }
    LoadOptions options = root.loadOptions().withWeights(weights).withCache(cache);
    PrintWriter out = spec.commandLine().getOut();
    String text = text();
    Path folder = modelFolder.path(root);
    Table table = new Table(Column.left("in " + weights), Column.right("perplexity"),
        Column.right("KL divergence, nats"), Column.right("same first choice"));
    int[] ids;
    try (Model stored = Model.load(folder, options.withWeights(WeightFormat.AS_STORED));
        Model other = Model.load(folder, options)) {
      requireChange(stored, other);
      ids = stored.tokenizer().encode(text).ids();
      Damage all = Damage.between(stored, other, ids, root.progress("comparing"));
      out.println("   " + Numbers.plural(all.positions(), "token") + "; as stored, perplexity "
          + number("%.4f", all.storedPerplexity()));
      out.println();
      add(table, "everything", all);
    }
    if (byLayer) {
      Damage.byPart(folder, options, ids, root.progress("layer by layer"))
          .forEach(part -> add(table, name(part), part.damage()));
    }
    table.print(out, root.style());
    return 0;
  }

  private String text() throws IOException {
    if (Files.isDirectory(file)) throw new SextantException(file + ": is a folder, not a text");
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new SextantException(file + ": is no text in UTF-8", e);
    }
  }

  /** What is stored in a format stays as it is when that format is asked for: both would be the same model. */
  private void requireChange(Model stored, Model other) {
    if (other.report().copiedBytes() == stored.report().copiedBytes()) {
      throw new ParameterException(spec.commandLine(), "the model is stored in " + weights
          + " already, so there is nothing to compare; name the model that it was made from");
    }
  }

  private static String name(Damage.Part part) {
    return part.layer() == Damage.Part.UNEMBEDDING ? "unembedding" : "layer " + (part.layer() + 1);
  }

  private static void add(Table table, String name, Damage damage) {
    table.add(name, number("%.4f", damage.perplexity()), number("%.6f", damage.divergence()),
        number("%.1f %%", 100 * damage.agreement()));
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
