package dev.sextant.tokenizer.text;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text made from a stretch of the input, with the range of the input that each of its characters came from. All
 * indices count UTF-16 units. Immutable.
 */
public final class Aligned {
  private final String text;
  private final int base;
  // Null: nothing has changed, character i came from base + i.
  private final int @Nullable [] starts;
  private final int @Nullable [] ends;

  private Aligned(String text, int base, int @Nullable [] starts, int @Nullable [] ends) {
    this.text = text;
    this.base = base;
    this.starts = starts;
    this.ends = ends;
  }

  /** A stretch of the input as it stands, well formed at both ends. */
  public static Aligned of(String input, int from, int to) {
    return new Aligned(input.substring(from, to), from, null, null);
  }

  public String text() {
    return text;
  }

  public int length() {
    return text.length();
  }

  /** Where the input of this text begins. */
  public int base() {
    return base;
  }

  /** Where the source of the character at that index begins. */
  public int start(int index) {
    if (starts != null) {
      return starts[index];
    }
    return base + (Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index);
  }

  /** Where the source of the character at that index ends. */
  public int end(int index) {
    if (ends != null) {
      return ends[index];
    }
    return base + (Character.isHighSurrogate(text.charAt(index)) ? index + 2 : index + 1);
  }

  /** The same places under another text of the same length. */
  public Aligned withText(String other) {
    assert other.length() == text.length();
    return new Aligned(other, base, starts, ends);
  }

  /** Builds a text whose characters take their places from a source. */
  public static final class Builder {
    private final Aligned source;
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    public Builder(Aligned source, int capacity) {
      this.source = source;
      text = new StringBuilder(capacity);
      starts = new int[capacity];
      ends = new int[capacity];
    }

    public int length() {
      return text.length();
    }

    /** Copies a range of the source. */
    public Builder keep(int from, int to) {
      reserve(to - from);
      for (int i = from; i < to; i++) {
        starts[text.length() + i - from] = source.start(i);
        ends[text.length() + i - from] = source.end(i);
      }
      text.append(source.text, from, to);
      return this;
    }

    /** Appends a code point that came from the source character at that index. */
    public Builder put(int codePoint, int index) {
      return put(codePoint, source.start(index), source.end(index));
    }

    /** Appends a code point that came from a range of the input. */
    public Builder put(int codePoint, int start, int end) {
      int units = Character.charCount(codePoint);
      reserve(units);
      for (int i = 0; i < units; i++) {
        starts[text.length() + i] = start;
        ends[text.length() + i] = end;
      }
      text.appendCodePoint(codePoint);
      return this;
    }

    /**
     * Appends characters in place of what was removed before the index. As the reference has it they come from the
     * source character before the index, and from an empty range where there is none.
     */
    public Builder insert(String inserted, int index) {
      int start = index > 0 ? source.start(index - 1) : source.base;
      int end = index > 0 ? source.end(index - 1) : source.base;
      inserted.codePoints().forEach(c -> put(c, start, end));
      return this;
    }

    public Aligned build() {
      return new Aligned(text.toString(), source.base, starts, ends);
    }

    private void reserve(int more) {
      int needed = text.length() + more;
      if (needed > starts.length) {
        int capacity = Math.max(needed, starts.length + (starts.length >> 1) + 16);
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
      }
    }
  }
}
