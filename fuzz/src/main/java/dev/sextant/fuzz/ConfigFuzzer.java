package dev.sextant.fuzz;

import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.BlueprintReader;
import dev.sextant.architecture.EndTokens;
import dev.sextant.architecture.Families;
import java.util.List;

/** A config.json: it is refused, or it describes a model. */
public final class ConfigFuzzer {
  private static final Scratch SCRATCH = Scratch.of("config.json");
  private static final long MOST = 1 << 24;

  /** Their tables are ours, and reading them takes longer than reading a file. */
  private static final List<Architecture> FAMILIES = Families.names().stream().map(Families::named).toList();

  private ConfigFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    SCRATCH.write(data);
    try {
      BlueprintReader.read(SCRATCH.folder(), FAMILIES, MOST);
      EndTokens.read(SCRATCH.folder(), MOST);
    } catch (SextantException e) {
      Refusal.require(e, "config.json");
    }
  }
}
