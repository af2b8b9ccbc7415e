package dev.sextant.architecture;

import dev.sextant.architecture.Blueprint.Blocks;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads quantization_config: matrices of 8-bit floats with scales are understood, in the two spellings that are common;
 * everything else is refused by name. How others quantize activations is of no concern: here they stay single precision.
 */
final class QuantizationReader {
  static final String KEY = "quantization_config";
  private static final Blocks USUAL = new Blocks(128, 128);
  private static final Set<String> FP8_KEYS = Set.of("quant_method", "fmt", "activation_scheme", "weight_block_size",
      "modules_to_not_convert", "ignored_layers", "dequantize");
  private static final Set<String> COMPRESSED_KEYS = Set.of("quant_method", "format", "config_groups", "ignore",
      "quantization_status", "version", "kv_cache_scheme", "global_compression_ratio");

  private final Config config;

  private QuantizationReader(Config config) {
    this.config = config;
  }

  /** The sizes of blocks that share a scale, if the file says that there are scales. */
  static @Nullable Blocks read(Config file) {
    return file.has(KEY) && !SavedForm.is(file) ? new QuantizationReader(file.object(KEY)).blocks() : null;
  }

  private Blocks blocks() {
    String method = config.text("quant_method");
    return switch (method) {
      case "fp8" -> fp8();
      case "compressed-tensors" -> compressed();
      case null, default -> throw config.wrong("quant_method", method,
          "fp8, compressed-tensors or " + SavedForm.METHOD);
    };
  }

  private Blocks fp8() {
    requireKnown(config, FP8_KEYS);
    require(config, "fmt", "e4m3", "e5m2", null);
    require(config, "activation_scheme", "dynamic", "static", null);
    return block(config, "weight_block_size");
  }

  private static Blocks block(Config config, String key) {
    if (!config.has(key)) return USUAL;
    int[] sizes = config.integers(key);
    if (sizes.length == 2 && sizes[0] > 0 && sizes[1] > 0) return new Blocks(sizes[0], sizes[1]);
    throw config.wrong(key, config.raw(key), "two whole numbers above 0");
  }

  /** All groups of matrices are 8-bit floats; which they are the tensors say themselves. */
  private Blocks compressed() {
    requireKnown(config, COMPRESSED_KEYS);
    require(config, "format", "float-quantized");
    require(config, "kv_cache_scheme", (Object) null);
    require(config, "quantization_status", "compressed", null);
    Config groups = config.object("config_groups");
    Blocks blocks = USUAL;
    for (String group : groups.keys()) {
      Config weights = groups.object(group).object("weights");
      require(weights, "num_bits", 8L);
      require(weights, "type", "float");
      require(weights, "symmetric", true);
      require(weights, "actorder", (Object) null);
      require(weights, "strategy", "tensor", "channel", "block");
      blocks = block(weights, "block_structure");
    }
    return blocks;
  }

  private static void requireKnown(Config config, Set<String> known) {
    for (String key : config.keys()) {
      boolean empty = config.raw(key) instanceof Map<?, ?> map && map.isEmpty();
      if (!known.contains(key) && config.has(key) && !empty)
        throw config.wrong(key, config.raw(key), "null: it is not known");
    }
  }

  private static void require(Config config, String key, @Nullable Object... allowed) {
    Object found = config.raw(key);
    for (Object each : allowed) if (each == null ? found == null : each.equals(found)) return;
    throw config.wrong(key, found, Arrays.toString(allowed));
  }
}
