package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.Aligned;
import java.util.Arrays;

/** A text cut into pieces: ranges from left to right, never empty, perhaps with gaps. Grows while it is made. */
public final class Pieces {
  private final Aligned text;
  private int[] bounds; // from, to of each piece
  private int count;

  public Pieces(Aligned text, int expected) {
    this.text = text;
    bounds = new int[2 * Math.max(expected, 1)];
  }

  /** One piece: a range of a text. */
  public static Pieces of(Aligned text, int from, int to) {
    Pieces pieces = new Pieces(text, 1);
    pieces.add(from, to);
    return pieces;
  }

  /** Adds a piece; an empty one is left out. */
  public void add(int from, int to) {
    if (from == to) {
      return;
    }
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
  }

  public Aligned text() {
    return text;
  }

  public int count() {
    return count;
  }

  public int from(int piece) {
    return bounds[2 * piece];
  }

  public int to(int piece) {
    return bounds[2 * piece + 1];
  }

  /** The same ranges of another text of the same length. */
  Pieces over(Aligned other) {
    Pieces pieces = new Pieces(other, 1);
    pieces.bounds = bounds.clone();
    pieces.count = count;
    return pieces;
  }
}
