package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tokens as they are found, with the ranges of the input they came from, in UTF-16 units. Grows. */
public final class TokenBuffer {
  private int[] ids;
  private int[] starts;
  private int[] ends;
  private boolean[] inserted;
  private @Nullable String[] spellings; // where the token is not spelled as in the vocabulary
  private int size;

  public TokenBuffer(int capacity) {
    int least = Math.max(capacity, 8);
    ids = new int[least];
    starts = new int[least];
    ends = new int[least];
    inserted = new boolean[least];
    spellings = new @Nullable String[least];
  }

  public void add(int id, int start, int end) {
    if (size == ids.length) {
      grow(2 * size);
    }
    ids[size] = id;
    starts[size] = start;
    ends[size++] = end;
  }

  /** Adds a token with the characters that were found for it. */
  public void add(int id, int start, int end, String spelling) {
    add(id, start, end);
    spellings[size - 1] = spelling;
  }

  /** Adds a token that does not come from the text; its range is 0 to 0. */
  public void insert(int id, String spelling) {
    add(id, 0, 0, spelling);
    inserted[size - 1] = true;
  }

  /** Appends all tokens of another buffer. */
  public void addAll(TokenBuffer other) {
    grow(Math.max(ids.length, size + other.size));
    System.arraycopy(other.ids, 0, ids, size, other.size);
    System.arraycopy(other.starts, 0, starts, size, other.size);
    System.arraycopy(other.ends, 0, ends, size, other.size);
    System.arraycopy(other.inserted, 0, inserted, size, other.size);
    System.arraycopy(other.spellings, 0, spellings, size, other.size);
    size += other.size;
  }

  public int size() {
    return size;
  }

  public int id(int token) {
    return ids[token];
  }

  public int start(int token) {
    return starts[token];
  }

  public int end(int token) {
    return ends[token];
  }

  public boolean isInserted(int token) {
    return inserted[token];
  }

  /** The characters found for a token; null: as in the vocabulary. */
  public @Nullable String spelling(int token) {
    return spellings[token];
  }

  public void setRange(int token, int start, int end) {
    starts[token] = start;
    ends[token] = end;
  }

  public int[] ids() {
    return Arrays.copyOf(ids, size);
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    inserted = Arrays.copyOf(inserted, capacity);
    spellings = Arrays.copyOf(spellings, capacity);
  }
}
