package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.json.Json;

/**
 * A token that is found in the text as a whole, before anything else happens to it.
 *
 * @param id its id
 * @param content what it looks like; not empty
 * @param singleWord whether it is refused next to a word character
 * @param stripLeft whether it swallows white space to the left
 * @param stripRight whether it swallows white space to the right
 * @param normalized whether it is searched in the normalized text, itself normalized
 * @param special whether it steers the model rather than being text
 */
public record AddedToken(int id, String content, boolean singleWord, boolean stripLeft, boolean stripRight,
    boolean normalized, boolean special) {

  /** A special token without further properties. */
  public static AddedToken special(int id, String content) {
    return new AddedToken(id, content, false, false, false, false, true);
  }

  /** Reads the properties of a token with that id. */
  public static AddedToken read(Json json, int id) {
    boolean special = json.flagOr("special", false);
    String content = json.require("content").text();
    if (content.isEmpty()) {
      throw json.error("an added token without characters");
    }
    return new AddedToken(id, content, json.flagOr("single_word", false), json.flagOr("lstrip", false),
        json.flagOr("rstrip", false), json.flagOr("normalized", !special), special);
  }
}
