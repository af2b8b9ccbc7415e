package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tokens and their ids, looked up without boxing and without making texts. Immutable once built. */
public final class Vocabulary {
  /** No model has so many; a larger id is a mistake, and must not size a table. */
  public static final int LARGEST_ID = 9_999_999;

  private final @Nullable String[] tokens; // by id; null where there is none
  private final long[] slots; // hash << 32 | id + 1; 0 is free; a power of two long
  private final int size;

  private Vocabulary(@Nullable String[] tokens, long[] slots, int size) {
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
    int hash = hash(text, from, to);
    for (int slot = hash & slots.length - 1; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      String token = hash(slots[slot]) == hash ? tokens[id(slots[slot])] : null;
      if (token != null && token.length() == to - from && token.regionMatches(0, text, from, to - from)) {
        return id(slots[slot]);
      }
    }
    return -1;
  }

  /** The id of the token that a range of characters spells; -1 if there is none. */
  int id(char[] text, int from, int to) {
    int hash = hash(text, from, to);
    for (int slot = hash & slots.length - 1; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      String token = hash(slots[slot]) == hash ? tokens[id(slots[slot])] : null;
      if (token != null && token.length() == to - from && spells(token, text, from)) {
        return id(slots[slot]);
      }
    }
    return -1;
  }

  private static boolean spells(String token, char[] text, int from) {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String text, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = mix(hash, text.charAt(i));
    }
    return (int) (hash >>> 32);
  }

  private static int hash(char[] text, int from, int to) {
    long hash = to - from;
    for (int i = from; i < to; i++) {
      hash = mix(hash, text[i]);
    }
    return (int) (hash >>> 32);
  }

  private static long mix(long hash, char c) {
    return (hash ^ c) * 0x9E3779B97F4A7C15L;
  }

  private static int hash(long slot) {
    return (int) (slot >> 32);
  }

  private static int id(long slot) {
    return (int) slot - 1;
  }

  /** Collects tokens. */
  public static final class Builder {
    private @Nullable String[] tokens = new @Nullable String[256];
    private long[] slots = new long[1024];
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
      int hash = hash(token, 0, token.length());
      int slot = hash & slots.length - 1;
      for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
        if (hash(slots[slot]) == hash && token.equals(tokens[id(slots[slot])])) {
          return "the token '" + token + "' has two ids, " + id(slots[slot]) + " and " + id;
        }
      }
      slots[slot] = (long) hash << 32 | id + 1;
      tokens[id] = token;
      bound = Math.max(bound, id + 1);
      if (2 * ++size > slots.length) {
        grow();
      }
      return null;
    }

    public int size() {
      return size;
    }

    public Vocabulary build() {
      return new Vocabulary(Arrays.copyOf(tokens, bound), slots, size);
    }

    private void grow() {
      long[] grown = new long[2 * slots.length];
      for (long entry : slots) {
        int slot = hash(entry) & grown.length - 1;
        while (entry != 0 && grown[slot] != 0) {
          slot = slot + 1 & grown.length - 1;
        }
        if (entry != 0) {
          grown[slot] = entry;
        }
      }
      slots = grown;
    }
  }
}
