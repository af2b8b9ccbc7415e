package dev.sextant.testing;

import dev.sextant.decode.Decoding;

/** Reads decoding settings as the cases and the goldens spell them. */
public final class Settings {
  private Settings() {}

  public static Decoding decoding(Json settings) {
    Decoding decoding = Decoding.UNFILTERED;
    for (String name : settings.keys()) decoding = with(decoding, name, settings.get(name).number());
    return decoding;
  }

  private static Decoding with(Decoding decoding, String name, double value) {
    return switch (name) {
      case "temperature" -> decoding.withTemperature(value);
      case "top_k" -> decoding.withTopK((int) value);
      case "top_p" -> decoding.withTopP(value);
      case "min_p" -> decoding.withMinP(value);
      case "typical_p" -> decoding.withTypicalP(value);
      case "repetition_penalty" -> decoding.withRepetitionPenalty(value);
      default -> throw new IllegalStateException("unknown setting " + name);
    };
  }
}
