package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.bpe.TokenBuffer;
import dev.sextant.tokenizer.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Fills up encodings to a length. Immutable.
 *
 * @param length the least length; 0: that of the longest encoding of a batch
 * @param multiple the length is rounded up to a multiple of this; 0 or 1: it is not
 * @param atStart whether the filling stands before the text
 * @param id the id that fills
 * @param type the type of the filling
 * @param token the spelling of the id
 */
public record Padding(int length, int multiple, boolean atStart, int id, int type, String token) {

  private static final int LONGEST = 1 << 24;

  /** Reads {@code padding} of a tokenizer.json; a null value is none. */
  public static @Nullable Padding read(Json json) {
    if (json.isNull()) {
      return null;
    }
    Json multiple = json.has("pad_to_multiple_of") ? json.get("pad_to_multiple_of") : null;
    return new Padding(length(json.require("strategy")), multiple == null || multiple.isNull() ? 0 : bounded(multiple),
        Direction.isLeft(json), json.require("pad_id").count(), json.require("pad_type_id").count(),
        json.require("pad_token").text());
  }

  private static int length(Json strategy) {
    if (strategy.isObject()) {
      return bounded(strategy.require("Fixed"));
    }
    if (!strategy.text().equals("BatchLongest")) {
      throw strategy.unsupported("padding strategy", strategy.text());
    }
    return 0;
  }

  private static int bounded(Json json) {
    int length = json.count();
    if (length > LONGEST) {
      throw json.error("padding to " + length + " tokens; the limit is " + LONGEST);
    }
    return length;
  }

  /** The length to which encodings are filled up, the longest of which has that many tokens. */
  public int target(int longest) {
    int target = length > 0 ? length : longest;
    int over = multiple > 1 ? target % multiple : 0;
    return over > 0 ? Math.addExact(target, multiple - over) : target;
  }

  /** Fills up tokens and their overflow to a length. */
  public TokenBuffer apply(TokenBuffer tokens, int target) {
    TokenBuffer filled = tokens;
    if (tokens.size() < target) {
      TokenBuffer filling = filling(target - tokens.size());
      filled = new TokenBuffer(target);
      filled.addAll(atStart ? filling : tokens);
      filled.addAll(atStart ? tokens : filling);
      filled.overflow().addAll(tokens.overflow());
    }
    filled.overflow().replaceAll(cut -> apply(cut, target));
    return filled;
  }

  private TokenBuffer filling(int count) {
    TokenBuffer filling = new TokenBuffer(count);
    for (int i = 0; i < count; i++) {
      filling.fill(id, token, type);
    }
    return filling;
  }
}
