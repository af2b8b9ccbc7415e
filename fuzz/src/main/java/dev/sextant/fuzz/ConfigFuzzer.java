package dev.sextant.fuzz;

import dev.sextant.SextantException;
import dev.sextant.architecture.BlueprintReader;
import dev.sextant.architecture.EndTokens;
import java.util.List;

/** A config.json: it is refused, or it describes a model. */
public final class ConfigFuzzer {
  private static final Scratch SCRATCH = Scratch.of("config.json");
  private static final long MOST = 1 << 24;

  private ConfigFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    SCRATCH.write(data);
    try {
      BlueprintReader.read(SCRATCH.folder(), List.of(), MOST);
      EndTokens.read(SCRATCH.folder(), MOST);
    } catch (SextantException e) {
      Refusal.require(e, "config.json");
    }
  }
}
