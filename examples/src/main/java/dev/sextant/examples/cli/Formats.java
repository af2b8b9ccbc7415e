package dev.sextant.examples.cli;

import dev.sextant.CacheFormat;
import dev.sextant.WeightFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of formats on the command line; messages as in {@link Values}. */
final class Formats {
  private Formats() {}

  /** How weights are kept. */
  static final class Weights implements ITypeConverter<WeightFormat> {
    @Override
    public WeightFormat convert(String name) {
      return switch (name) {
        case "as-stored" -> WeightFormat.AS_STORED;
        case "q8" -> WeightFormat.Q8;
        case "q4" -> WeightFormat.Q4;
        default -> throw new TypeConversionException("must be as-stored, q8 or q4");
      };
    }
  }

  /** How weights are quantised. */
  static final class Quantized implements ITypeConverter<WeightFormat> {
    @Override
    public WeightFormat convert(String name) {
      return switch (name) {
        case "q8" -> WeightFormat.Q8;
        case "q4" -> WeightFormat.Q4;
        default -> throw new TypeConversionException("must be q8 or q4");
      };
    }
  }

  /** How keys and values are kept. */
  static final class Cache implements ITypeConverter<CacheFormat> {
    @Override
    public CacheFormat convert(String name) {
      return switch (name) {
        case "f32" -> CacheFormat.F32;
        case "bf16" -> CacheFormat.BF16;
        default -> throw new TypeConversionException("must be f32 or bf16");
      };
    }
  }
}
