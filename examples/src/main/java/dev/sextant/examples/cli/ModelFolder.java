package dev.sextant.examples.cli;

import dev.sextant.SextantException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the model of a command lies. */
final class ModelFolder {
  @Option(names = {"-m", "--model"}, paramLabel = "DIR",
      description = "Folder with config.json, safetensors weights and tokenizer.json. Default: the bundled demo model.")
  private @Nullable Path folder;

  /** The folder that was named, or else the bundled model's. */
  Path path(SextantCommand root) {
    if (folder != null) return folder;
    if (Files.isDirectory(root.demo())) return root.demo();
    throw new SextantException("the bundled demo model is not at " + root.demo() + "; name a model with --model DIR");
  }

  /** What the folder is called. */
  String shortName(SextantCommand root) {
    return String.valueOf(path(root).toAbsolutePath().normalize().getFileName());
  }
}
