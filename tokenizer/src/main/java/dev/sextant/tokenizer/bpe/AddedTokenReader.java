package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads added tokens and sees to it that each has one id and each id one token. */
public final class AddedTokenReader {
  private final Vocabulary vocabulary;
  private final List<AddedToken> tokens = new ArrayList<>();
  private final Set<String> contents = new HashSet<>();
  private final Map<Integer, String> byId = new HashMap<>();
  private int renumbered;

  private AddedTokenReader(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads {@code added_tokens} of a tokenizer.json; a null value is an empty list. A token that the vocabulary has
   * under another id keeps that; those behind it then move up, as they do in the reference.
   */
  public static List<AddedToken> readList(Json list, Vocabulary vocabulary) {
    AddedTokenReader reader = new AddedTokenReader(vocabulary);
    if (!list.isNull()) {
      list.list().forEach(json -> reader.add(json, json.require("id").count()));
    }
    return reader.tokens;
  }

  /** Reads {@code added_tokens_decoder} of a tokenizer_config.json, whose names are the ids. */
  public static List<AddedToken> readDecoder(Json decoder, Vocabulary vocabulary) {
    AddedTokenReader reader = new AddedTokenReader(vocabulary);
    for (String name : decoder.names()) {
      Json json = decoder.get(name);
      if (!name.matches("\\d{1,9}")) {
        throw json.error("'" + name + "' is not an id");
      }
      reader.add(json, Integer.parseInt(name));
    }
    return reader.tokens;
  }

  private void add(Json json, int fileId) {
    AddedToken token = AddedToken.read(json, fileId);
    int known = vocabulary.id(token.content());
    renumbered += known >= 0 && known != fileId ? 1 : 0;
    int id = known >= 0 ? known : fileId - renumbered;
    if (!contents.add(token.content())) {
      throw json.error("the added token '" + token.content() + "' stands twice in the list");
    }
    String other = byId.put(id, token.content());
    String owner = other != null ? other : vocabulary.token(id);
    if (owner != null && !owner.equals(token.content())) {
      throw json.error("the added token '" + token.content() + "' has the id " + id + ", which belongs to '" + owner
          + "'");
    }
    tokens.add(id == fileId ? token : AddedToken.read(json, id));
  }
}
