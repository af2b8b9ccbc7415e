package dev.sextant.tokenizer.bpe;

import dev.sextant.tokenizer.json.Json;

/**
 * A token that is found in the text as a whole, before anything else happens to it.
 *
 * @param id its id
 * @param content what it looks like
 * @param singleWord whether it is refused next to a word character
 * @param stripLeft whether it swallows white space to the left
 * @param stripRight whether it swallows white space to the right
 * @param normalized whether it is searched in the normalized text, itself normalized
 * @param special whether it steers the model rather than being text
 */
public record AddedToken(int id, String content, boolean singleWord, boolean stripLeft, boolean stripRight,
    boolean normalized, boolean special) {

  /** The same token under another id. */
  public AddedToken withId(int newId) {
    return new AddedToken(newId, content, singleWord, stripLeft, stripRight, normalized, special);
  }

  /** Reads an entry of {@code added_tokens}. */
  public static AddedToken read(Json json) {
    boolean special = json.flagOr("special", false);
    return new AddedToken(json.require("id").count(), json.require("content").text(),
        json.flagOr("single_word", false), json.flagOr("lstrip", false), json.flagOr("rstrip", false),
        json.flagOr("normalized", !special), special);
  }
}
