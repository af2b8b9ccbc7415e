package dev.sextant.examples.cli;

import dev.sextant.CacheFormat;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.WeightFormat;
import dev.sextant.report.text.Numbers;
import dev.sextant.report.text.Visible;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model a command works with. */
final class ModelOptions {
  private static final long SMALL = 50_000_000;

  @Mixin
  private ModelFolder folder;

  @Option(names = "--weights", paramLabel = "FORMAT", defaultValue = "as-stored", converter = Formats.Weights.class,
      description = "How weights are kept in memory: as-stored, q8 or q4 (quantised at load). Default: as-stored.")
  private WeightFormat weights;

  @Option(names = "--cache", paramLabel = "FORMAT", defaultValue = "f32", converter = Formats.Cache.class,
      description = "How keys and values are kept in memory: f32 or bf16 (half the bytes). Default: f32.")
  private CacheFormat cache;

  /** The folder that was named, or else the bundled model's. */
  Path folder(SextantCommand root) {
    return folder.path(root);
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
    return folder.shortName(root);
  }

  /** The model in one line. */
  String name(SextantCommand root, Model model) {
    ModelConfig config = model.config();
    return Visible.oneLine(shortName(root)) + " (" + config.family() + ", "
        + Numbers.plural(config.layers(), "layer") + ", " + Numbers.count(model.report().parameters()) + " parameters)";
  }
}
