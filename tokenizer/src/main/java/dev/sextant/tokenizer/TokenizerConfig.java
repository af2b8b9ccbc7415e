package dev.sextant.tokenizer;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json} says that {@code tokenizer.json} does not; null where it says nothing.
 *
 * @param bosToken begins a text
 * @param eosToken ends a text
 * @param padToken fills up batches
 * @param chatTemplate how a conversation becomes a text
 */
record TokenizerConfig(@Nullable String bosToken, @Nullable String eosToken, @Nullable String padToken,
    @Nullable String chatTemplate) {

  /** Says nothing. */
  static final TokenizerConfig NONE = new TokenizerConfig(null, null, null, null);

  private static final String FILE = "tokenizer_config.json";
  private static final String TEMPLATE = "chat_template.jinja";

  /** Reads what lies in a folder; nothing is a configuration too. */
  static TokenizerConfig read(Path folder) {
    Json json = readJson(folder);
    String template = readTemplate(folder);
    return new TokenizerConfig(token(json, "bos_token"), token(json, "eos_token"), token(json, "pad_token"),
        template != null ? template : template(json.get("chat_template")));
  }

  /** All of the file; an empty object if there is none. */
  static Json readJson(Path folder) {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file) ? JsonInput.read(file) : new Json(file + ": ", Map.of());
  }

  /** The token that a name stands for, a text or an object with its content; null if there is none. */
  static @Nullable String token(Json json, String name) {
    Json token = json.get(name);
    if (token.isNull()) {
      return null;
    }
    return token.isText() ? token.text() : token.require("content").text();
  }

  /** A text, or several with names, of which that named default counts. */
  private static @Nullable String template(Json json) {
    if (!json.isList()) {
      return json.isNull() ? null : json.text();
    }
    for (Json named : json.list()) {
      if (named.require("name").text().equals("default")) {
        return named.require("template").text();
      }
    }
    return null;
  }

  private static @Nullable String readTemplate(Path folder) {
    Path file = folder.resolve(TEMPLATE);
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw new TokenizerException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
