package dev.sextant.architecture;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tokens that end a text: those of generation_config.json if it names any, else those of config.json. */
public final class EndTokens {
  private static final String KEY = "eos_token_id";

  private EndTokens() {}

  /**
   * The ids, possibly none.
   *
   * @param mostBytes that a file may have, up to 1 GiB
   */
  public static List<Integer> read(Path folder, long mostBytes) {
    for (String file : List.of("generation_config.json", "config.json")) {
      if (!Files.exists(folder.resolve(file), LinkOption.NOFOLLOW_LINKS)) continue;
      Config config = new Config(file, JsonFile.read(folder.resolve(file), mostBytes));
      if (config.has(KEY)) return Arrays.stream(config.integers(KEY)).boxed().toList();
    }
    return List.of();
  }
}
