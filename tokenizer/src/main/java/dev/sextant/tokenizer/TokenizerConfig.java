package dev.sextant.tokenizer;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import dev.sextant.tokenizer.json.PlainFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json} says that {@code tokenizer.json} does not; null where it says nothing.
 *
 * @param bosToken begins a text
 * @param eosToken ends a text
 * @param padToken fills up batches
 */
record TokenizerConfig(@Nullable String bosToken, @Nullable String eosToken, @Nullable String padToken) {

  /** Says nothing. */
  static final TokenizerConfig NONE = new TokenizerConfig(null, null, null);

  private static final String FILE = "tokenizer_config.json";

  /** Reads what lies in a folder; nothing is a configuration too. */
  static TokenizerConfig read(Path folder) {
    Json json = readJson(folder);
    return new TokenizerConfig(token(json, "bos_token"), token(json, "eos_token"), token(json, "pad_token"));
  }

  /** All of the file; an empty object if there is none. */
  static Json readJson(Path folder) {
    Path file = folder.resolve(FILE);
    return PlainFile.exists(file) ? JsonInput.read(file) : new Json(file + ": ", Map.of());
  }

  /** The token that a name stands for, a text or an object with its content; null if there is none. */
  static @Nullable String token(Json json, String name) {
    Json token = json.get(name);
    if (token.isNull()) {
      return null;
    }
    return token.isText() ? token.text() : token.require("content").text();
  }
}
