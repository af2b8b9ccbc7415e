package dev.sextant.examples.cli;

import dev.sextant.CacheFormat;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.SextantException;
import dev.sextant.WeightFormat;
import dev.sextant.report.text.Numbers;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which model a command works with. */
final class ModelOptions {
  private static final long SMALL = 50_000_000;

  @Option(names = {"-m", "--model"}, paramLabel = "DIR",
      description = "Folder with config.json, safetensors weights and tokenizer.json. Default: the bundled demo model.")
  private @Nullable Path folder;

  @Option(names = "--weights", paramLabel = "FORMAT", defaultValue = "as-stored", converter = Format.class,
      description = "How weights are kept in memory: as-stored, q8 or q4 (quantised at load). Default: as-stored.")
  private WeightFormat weights;

  @Option(names = "--cache", paramLabel = "FORMAT", defaultValue = "f32", converter = CacheNames.class,
      description = "How keys and values are kept in memory: f32 or bf16 (half the bytes). Default: f32.")
  private CacheFormat cache;

  /** The names of cache formats on the command line. */
  static final class CacheNames implements ITypeConverter<CacheFormat> {
    @Override
    public CacheFormat convert(String name) {
      return switch (name) {
        case "f32" -> CacheFormat.F32;
        case "bf16" -> CacheFormat.BF16;
        default -> throw new TypeConversionException("'" + name + "' is none of f32, bf16");
      };
    }
  }

  /** The names of formats on the command line. */
  static final class Format implements ITypeConverter<WeightFormat> {
    @Override
    public WeightFormat convert(String name) {
      return switch (name) {
        case "as-stored" -> WeightFormat.AS_STORED;
        case "q8" -> WeightFormat.Q8;
        case "q4" -> WeightFormat.Q4;
        default -> throw new TypeConversionException("'" + name + "' is none of as-stored, q8, q4");
      };
    }
  }

  /** The folder that was named, or else the bundled model's. */
  Path folder(SextantCommand root) {
    if (folder != null) return folder;
    if (Files.isDirectory(root.demo())) return root.demo();
    throw new SextantException("the bundled demo model is not at " + root.demo() + "; name a model with --model DIR");
  }

  /** How the model is to be opened. */
  LoadOptions options(SextantCommand root) {
    return root.loadOptions().withWeights(weights).withCache(cache);
  }

  /** Opens the model for a long run. */
  Model open(SextantCommand root) {
    return Model.load(folder(root), options(root));
  }

  /**
   * Opens the model for one pass over a short text. With a small model, plain Java has done that before the virtual
   * machine has compiled the vector kernels, which are slow until then.
   */
  Model openBriefly(SextantCommand root) throws IOException {
    boolean small = Safetensors.inspect(folder(root)).tensors().stream().mapToLong(TensorInfo::byteSize).sum() < SMALL;
    LoadOptions options = options(root);
    return Model.load(folder(root), small ? options.withVectorized(false) : options);
  }

  /** What the model's folder is called. */
  String shortName(SextantCommand root) {
    return String.valueOf(folder(root).toAbsolutePath().normalize().getFileName());
  }

  /** The model in one line. */
  String name(SextantCommand root, Model model) {
    ModelConfig config = model.config();
    return shortName(root) + " (" + config.family() + ", "
        + Numbers.plural(config.layers(), "layer") + ", " + Numbers.count(model.report().parameters()) + " parameters)";
  }
}
