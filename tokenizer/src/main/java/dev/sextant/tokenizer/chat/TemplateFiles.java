package dev.sextant.tokenizer.chat;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import dev.sextant.tokenizer.json.PlainFile;
import dev.sextant.tokenizer.json.Trouble;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chat templates in a model's folder, found as the transformers library finds them: files of their own, {@code
 * chat_template.jinja} and {@code additional_chat_templates/NAME.jinja}, go before {@code tokenizer_config.json} as a whole.
 *
 * @param templates by name; a single one is {@link #DEFAULT}
 * @param specialTokens by the name of their variable, such as {@code bos_token}
 */
record TemplateFiles(Path folder, Map<String, Found> templates, Map<String, String> specialTokens) {

  static final String DEFAULT = "default";

  private static final String FILE = "chat_template.jinja";
  private static final String MORE_FILES = "additional_chat_templates";
  private static final String CONFIG = "tokenizer_config.json";
  private static final List<String> SPECIAL_TOKENS = List.of("bos_token", "eos_token", "unk_token", "sep_token",
      "pad_token", "cls_token", "mask_token");

  /** A template and where it stands. */
  record Found(String where, String source) {}

  static TemplateFiles read(Path folder) {
    Path config = folder.resolve(CONFIG);
    Json json = PlainFile.exists(config) ? JsonInput.read(config) : new Json(config + ": ", Map.of());
    Map<String, Found> templates = ofFiles(folder);
    if (templates.isEmpty()) {
      templates = ofConfig(json.get("chat_template"));
    }
    return new TemplateFiles(folder, templates, specialTokens(json));
  }

  List<String> names() {
    return List.copyOf(templates.keySet());
  }

  Found template(String name) {
    Found found = templates.get(name);
    if (found != null) return found;
    throw new ChatTemplateException(folder + (templates.isEmpty()
        ? ": there is no chat template; neither " + FILE + " nor " + CONFIG + " holds one"
        : ": no chat template named '" + name + "'; there are: " + String.join(", ", templates.keySet())));
  }

  private static Map<String, Found> ofFiles(Path folder) {
    Map<String, Found> templates = new TreeMap<>();
    Path more = folder.resolve(MORE_FILES);
    if (Files.isDirectory(more)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(more, "*.jinja")) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          templates.put(name.substring(0, name.length() - ".jinja".length()), found(file));
        }
      } catch (IOException e) {
        throw unreadable(more, e);
      } catch (DirectoryIteratorException e) {
        throw unreadable(more, e.getCause());
      }
    }
    Path single = folder.resolve(FILE);
    if (isThere(single)) {
      templates.putIfAbsent(DEFAULT, found(single));
    }
    return templates;
  }

  private static Found found(Path file) {
    try {
      return new Found(file.toString(), PlainFile.text(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (TokenizerException e) {
      throw new ChatTemplateException(e.getMessage(), e);
    }
  }

  private static boolean isThere(Path file) {
    try {
      return PlainFile.exists(file);
    } catch (TokenizerException e) {
      throw new ChatTemplateException(e.getMessage(), e);
    }
  }

  private static ChatTemplateException unreadable(Path file, IOException e) {
    return new ChatTemplateException(Trouble.with(file, e), e);
  }

  /** One text, or a list of objects with a name and a template. */
  private static Map<String, Found> ofConfig(Json json) {
    Map<String, Found> templates = new TreeMap<>();
    if (json.isList()) {
      for (Json named : json.list()) {
        Json template = named.require("template");
        templates.put(named.require("name").text(), new Found(template.where(), template.text()));
      }
    } else if (!json.isNull()) {
      templates.put(DEFAULT, new Found(json.where(), json.text()));
    }
    return templates;
  }

  private static Map<String, String> specialTokens(Json json) {
    Map<String, String> tokens = new TreeMap<>();
    for (String name : SPECIAL_TOKENS) {
      Json token = json.get(name);
      if (!token.isNull()) {
        tokens.put(name, token.isText() ? token.text() : token.require("content").text());
      }
    }
    return Map.copyOf(tokens);
  }
}
