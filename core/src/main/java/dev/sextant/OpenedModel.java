package dev.sextant;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.BlueprintReader;
import dev.sextant.architecture.EndTokens;
import dev.sextant.architecture.SavedForm;
import dev.sextant.architecture.Sizes;
import dev.sextant.architecture.Trouble;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Kernels;
import dev.sextant.kernel.Workers;
import dev.sextant.safetensors.HeaderLimitException;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.safetensors.SafetensorsException;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.weights.Binder;
import dev.sextant.weights.Inventory;
import dev.sextant.weights.Quantizer;
import dev.sextant.weights.SafetensorsSource;
import dev.sextant.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Everything that opening a folder brings: what was read, what is mapped, who computes. Closed as a whole.
 *
 * @param configText of config.json
 * @param arena owns the weights that had to be brought into another form
 */
record OpenedModel(Path folder, String configText, Blueprint blueprint, ModelConfig config,
    @Nullable Tokenizer tokenizer, Weights weights,
    LoadReport report, Safetensors file, Arena arena, Kernels kernels, Workers workers, CacheFormat cache,
    Limits limits) {

  /** @param parts which layers, by index, and {@link Quantizer#UNEMBEDDING}, are to be in the format of the options */
  static OpenedModel open(Path folder, LoadOptions options, IntPredicate parts) {
    long start = System.nanoTime();
    MachineTrouble trouble = MachineTrouble.in(folder);
    if (!Files.isDirectory(folder)) {
      throw new SextantException(folder + (Files.exists(folder)
          ? ": not a folder; a model is opened by the folder that holds its config.json" : ": no such folder"));
    }
    try (Meanwhile<@Nullable Tokenizer> tokenizer = new Meanwhile<>("sextant-tokenizer",
        () -> TokenizerFiles.read(folder, options.limits()))) {
      String configText = BlueprintReader.text(folder, options.limits().jsonBytes());
      Blueprint blueprint = BlueprintReader.read(configText,
          options.families().stream().map(ModelFamily::architecture).toList());
      ModelConfig config = config(blueprint, folder, options);
      return map(new Found(folder, configText, blueprint, config, tokenizer), options, parts, start);
    } catch (HeaderLimitException e) {
      throw new LimitException("the bytes of the header or index of " + e.file() + " are", e.found(), "headerBytes",
          e.allowed());
    } catch (SafetensorsException | TokenizerException e) {
      throw new SextantException(e.getMessage(), e);
    } catch (SextantException e) {
      throw e.getMessage().contains(folder.toString()) ? e : new SextantException(folder + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new SextantException(folder + ": cannot be read: " + Trouble.in(folder, e), e);
    } catch (InternalError | OutOfMemoryError e) {
      throw trouble.told(e);
    }
  }

  /** What the small files of a folder say. */
  private record Found(Path folder, String configText, Blueprint blueprint, ModelConfig config,
      Meanwhile<@Nullable Tokenizer> tokenizer) {}

  private static OpenedModel map(Found found, LoadOptions options, IntPredicate parts, long start)
      throws IOException {
    Blueprint blueprint = found.blueprint();
    Arena arena = Arena.ofShared();
    Safetensors file = null;
    Workers workers = null;
    try {
      file = Safetensors.open(found.folder(), options.limits().headerBytes());
      int layers = blueprint.sizes().layers();
      Kernels kernels = options.vectorized() ? Kernels.fastest() : Kernels.scalar();
      workers = options.threads() == 0 ? Workers.ofProcessors() : new Workers(options.threads());
      Quantizer quantizer = new Quantizer(options.weights(), parts, arena, kernels, workers);
      Weights weights = Binder.bind(blueprint, new SafetensorsSource(file), arena, quantizer,
          bound -> options.progress().accept((double) bound / layers));
      Tokenizer tokenizer = found.tokenizer().get();
      LoadReport report = report(blueprint, weights, file, Duration.ofNanos(System.nanoTime() - start));
      return new OpenedModel(found.folder(), found.configText(), blueprint, found.config(), tokenizer, weights, report,
          file, arena,
          kernels, workers, options.cache(), options.limits());
    } catch (Throwable e) {
      if (workers != null) workers.close();
      arena.close();
      if (file != null) file.close();
      throw e;
    }
  }

  private static ModelConfig config(Blueprint blueprint, Path folder, LoadOptions options) {
    Sizes sizes = blueprint.sizes();
    int context = options.contextLength() == 0 ? blueprint.layers().reach() : options.contextLength();
    if (context > sizes.context() && !blueprint.layers().isRotary()) {
      throw new InvalidArgumentException("contextLength is " + context + "; this model has learned positions for "
          + sizes.context() + " tokens, and no more");
    }
    return new ModelConfig(blueprint.family().name(), sizes.vocabulary(), sizes.hidden(), sizes.layers(), sizes.heads(),
        sizes.keyValueHeads(), sizes.headWidth(), sizes.mlp(), context,
        EndTokens.read(folder, options.limits().jsonBytes()));
  }

  private static LoadReport report(Blueprint blueprint, Weights weights, Safetensors file, Duration duration)
      throws IOException {
    long mapped = 0;
    for (String name : file.names()) {
      if (!weights.unusedTensors().contains(name)) mapped += file.info(name).byteSize();
    }
    long parameters = Inventory.parameters(weights, SavedForm.of(blueprint.family()));
    return new LoadReport(parameters, mapped - weights.copies().replaced(), weights.copies().bytes(),
        weights.unusedTensors(),
        blueprint.unreadKeys(), duration);
  }

  /** A new engine over the shared kernels and threads, for one session. */
  Engine newEngine() {
    return new Engine(kernels, workers);
  }

  /** Throws if a mapped file has another size than when it was opened. */
  void requireUnchanged() {
    try {
      file.requireUnchanged();
    } catch (SafetensorsException | UncheckedIOException e) {
      throw new SextantException(e.getMessage(), e);
    }
  }

  void close() {
    workers.close();
    try {
      file.close();
    } finally {
      if (arena.scope().isAlive()) arena.close();
    }
  }
}
