package dev.sextant.tokenizer.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens as they are found, with the ranges of the input they came from, in UTF-16 units. Grows. */
public final class TokenBuffer {
  private static final byte INSERTED = 1;
  private static final byte PADDING = 2;
  private static final byte SECOND = 4;

  private int[] ids;
  private int[] starts;
  private int[] ends;
  private int[] types;
  private byte[] flags;
  private @Nullable String[] spellings; // where the token is not spelled as in the vocabulary
  private int size;
  private final List<TokenBuffer> overflow = new ArrayList<>(0);

  public TokenBuffer(int capacity) {
    int least = Math.max(capacity, 8);
    ids = new int[least];
    starts = new int[least];
    ends = new int[least];
    types = new int[least];
    flags = new byte[least];
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
  public void insert(int id, String spelling, int type) {
    add(id, 0, 0, spelling);
    types[size - 1] = type;
    flags[size - 1] = INSERTED;
  }

  /** Adds a token that only fills up; its range is 0 to 0. */
  public void fill(int id, String spelling, int type) {
    insert(id, spelling, type);
    flags[size - 1] = INSERTED | PADDING;
  }

  /** Appends all tokens of another buffer. */
  public void addAll(TokenBuffer other) {
    addRange(other, 0, other.size);
  }

  private void addRange(TokenBuffer other, int from, int to) {
    int more = to - from;
    grow(Math.max(ids.length, size + more));
    System.arraycopy(other.ids, from, ids, size, more);
    System.arraycopy(other.starts, from, starts, size, more);
    System.arraycopy(other.ends, from, ends, size, more);
    System.arraycopy(other.types, from, types, size, more);
    System.arraycopy(other.flags, from, flags, size, more);
    System.arraycopy(other.spellings, from, spellings, size, more);
    size += more;
  }

  /** The tokens from one index to another, as a copy without overflow. */
  public TokenBuffer range(int from, int to) {
    TokenBuffer range = new TokenBuffer(to - from);
    range.addRange(this, from, to);
    return range;
  }

  /** Marks all tokens as those of the second of two texts, and gives them the type 1. */
  public void beSecond() {
    Arrays.fill(types, 0, size, 1);
    for (int i = 0; i < size; i++) {
      flags[i] |= SECOND;
    }
  }

  /** The same tokens, all of one type; a copy if that is another than now. What was cut off keeps its types. */
  public TokenBuffer ofType(int type) {
    boolean same = true;
    for (int i = 0; i < size && same; i++) {
      same = types[i] == type;
    }
    if (same) {
      return this;
    }
    TokenBuffer copy = range(0, size);
    Arrays.fill(copy.types, 0, size, type);
    copy.overflow.addAll(overflow);
    return copy;
  }

  /** What truncation has cut off, in parts; may be added to. */
  public List<TokenBuffer> overflow() {
    return overflow;
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
    return (flags[token] & INSERTED) != 0;
  }

  public boolean isPadding(int token) {
    return (flags[token] & PADDING) != 0;
  }

  /** Whether a token comes from the second of two texts. */
  public boolean isOfSecond(int token) {
    return (flags[token] & SECOND) != 0;
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

  public int[] types() {
    return Arrays.copyOf(types, size);
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    types = Arrays.copyOf(types, capacity);
    flags = Arrays.copyOf(flags, capacity);
    spellings = Arrays.copyOf(spellings, capacity);
  }
}
