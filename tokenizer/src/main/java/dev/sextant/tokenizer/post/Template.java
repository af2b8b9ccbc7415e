package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Special tokens around the text.
 *
 * @param parts in order
 */
public record Template(List<Part> parts) implements PostProcessor {

  /** Something that stands in a template. */
  public sealed interface Part {}

  /** The tokens of the text. */
  record Text() implements Part {}

  /**
   * A token that is added.
   *
   * @param id its id
   * @param token its spelling
   * @param place where the file names it
   */
  public record Special(int id, String token, Json place) implements Part {}

  @Override
  public TokenBuffer process(TokenBuffer tokens, boolean addSpecialTokens, IntFunction<String> spelling) {
    if (!addSpecialTokens) {
      return tokens;
    }
    TokenBuffer result = new TokenBuffer(tokens.size() + parts.size());
    for (Part part : parts) {
      switch (part) {
        case Text text -> result.addAll(tokens);
        case Special special -> result.insert(special.id(), special.token());
      }
    }
    return result;
  }

  /** Reads a {@code TemplateProcessing}; of its templates that for a single text. */
  static Template read(Json json) {
    List<Part> parts = new ArrayList<>();
    Json known = json.require("special_tokens");
    for (Json part : json.require("single").list()) {
      if (part.has("Sequence")) {
        if (!part.get("Sequence").require("id").text().equals("A")) {
          throw part.error("the template of a single text can only hold text A");
        }
        parts.add(new Text());
      } else {
        Json name = part.require("SpecialToken").require("id");
        if (!known.has(name.text())) {
          throw name.error("the template names '" + name.text() + "', which 'special_tokens' does not define");
        }
        addSpecial(known.get(name.text()), parts);
      }
    }
    return new Template(List.copyOf(parts));
  }

  private static void addSpecial(Json definition, List<Part> parts) {
    List<Json> ids = definition.require("ids").list();
    List<Json> tokens = definition.require("tokens").list();
    if (ids.size() != tokens.size()) {
      throw definition.error(ids.size() + " ids but " + tokens.size() + " tokens");
    }
    for (int i = 0; i < ids.size(); i++) {
      parts.add(new Special(ids.get(i).count(), tokens.get(i).text(), ids.get(i)));
    }
  }

  /**
   * Reads {@code cls} and {@code sep} of a {@code BertProcessing} or {@code RobertaProcessing}: one before, one
   * behind.
   */
  static Template around(Json json) {
    return new Template(List.of(pair(json.require("cls")), new Text(), pair(json.require("sep"))));
  }

  private static Part pair(Json json) {
    List<Json> pair = json.list();
    if (pair.size() != 2) {
      throw json.error("expected a token and its id");
    }
    return new Special(pair.get(1).count(), pair.get(0).text(), json);
  }
}
