package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tokens and their ids, looked up without boxing and without making texts. Immutable once built. */
public final class Vocabulary {
  /** No model has so many; a larger id is a mistake, and must not size a table. */
  public static final int LARGEST_ID = 9_999_999;

  private final @Nullable String[] tokens; // by id; null where there is none
  private final int[] slots; // id + 1; 0 is free; a power of two long
  private final int size;

  private Vocabulary(@Nullable String[] tokens, int[] slots, int size) {
    this.tokens = tokens;
    this.slots = slots;
    this.size = size;
  }

  /** How many tokens there are. */
  public int size() {
    return size;
  }

  /** One more than the largest id. */
  public int idBound() {
    return tokens.length;
  }

  /** The token with that id; null if there is none. */
  public @Nullable String token(int id) {
    return id >= 0 && id < tokens.length ? tokens[id] : null;
  }

  /** The id of a token; -1 if there is none. */
  public int id(String token) {
    return id(token, 0, token.length());
  }

  /** The id of the token that a range of a text spells; -1 if there is none. */
  public int id(String text, int from, int to) {
    for (int slot = hash(text, from, to) & slots.length - 1;; slot = slot + 1 & slots.length - 1) {
      int id = slots[slot] - 1;
      if (id < 0 || spells(tokens[id], text, from, to)) {
        return id;
      }
    }
  }

  private static boolean spells(@Nullable String token, String text, int from, int to) {
    return token != null && token.length() == to - from && token.regionMatches(0, text, from, to - from);
  }

  private static int hash(String text, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash >>> 32);
  }

  /** Collects tokens. */
  public static final class Builder {
    private @Nullable String[] tokens = new @Nullable String[1024];
    private int[] slots = new int[4096];
    private int size;
    private int bound;

    /** Adds a token, with an id from 0 to {@link #LARGEST_ID}; returns why that cannot be, or null. */
    public @Nullable String add(String token, int id) {
      if (id >= tokens.length) {
        tokens = Arrays.copyOf(tokens, Math.max(id + 1, Math.min(2 * tokens.length, LARGEST_ID + 1)));
      }
      if (tokens[id] != null) {
        return "id " + id + " belongs to two tokens, '" + tokens[id] + "' and '" + token + "'";
      }
      tokens[id] = token;
      bound = Math.max(bound, id + 1);
      if (4 * ++size > 2 * slots.length) {
        grow();
      }
      int other = put(token, id);
      return other < 0 ? null : "the token '" + token + "' has two ids, " + other + " and " + id;
    }

    public int size() {
      return size;
    }

    public Vocabulary build() {
      return new Vocabulary(Arrays.copyOf(tokens, bound), slots, size);
    }

    private void grow() {
      int[] old = slots;
      slots = new int[2 * old.length];
      for (int entry : old) {
        if (entry != 0) {
          put(tokens[entry - 1], entry - 1);
        }
      }
    }

    /** Returns the id the token already has; -1 if it had none. */
    private int put(@Nullable String token, int id) {
      int slot = hash(token, 0, token.length()) & slots.length - 1;
      while (slots[slot] != 0) {
        if (token.equals(tokens[slots[slot] - 1])) {
          return slots[slot] - 1;
        }
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = id + 1;
      return -1;
    }
  }
}
