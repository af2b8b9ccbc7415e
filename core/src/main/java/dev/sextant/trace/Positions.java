package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Some positions of a text, counted from 0. Immutable. */
public final class Positions {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final Positions ALL = new Positions(new int[0], 0, "all");
  private static final Positions LAST = new Positions(new int[0], NEVER, "last");

  /** Ascending. */
  private final int[] listed;
  /** All from here on; for the last, where that begins is known with the prompt. */
  private final int from;
  private final String text;

  private Positions(int[] listed, int from, String text) {
    this.listed = listed;
    this.from = from;
    this.text = text;
  }

  /** Every position, of prompt and generated tokens. */
  public static Positions all() {
    return ALL;
  }

  /** Wherever a token is decided: the last one of the prompt, then those of all generated tokens. */
  public static Positions last() {
    return LAST;
  }

  /** All from this one on. */
  public static Positions from(int first) {
    if (first < 0) throw new InvalidArgumentException("position " + first + " is negative; positions count from 0");
    return new Positions(new int[0], first, "from " + first);
  }

  /** These. */
  public static Positions of(int... positions) {
    int[] listed = Arrays.stream(positions).sorted().distinct().toArray();
    if (listed.length == 0) throw new InvalidArgumentException("no position is given; at least one is needed");
    if (listed[0] < 0)
      throw new InvalidArgumentException("position " + listed[0] + " is negative; positions count from 0");
    String text = Arrays.stream(listed).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return new Positions(listed, NEVER, text);
  }

  /** Whether a position is among them, in a text whose prompt has so many tokens. */
  public boolean has(int position, int promptLength) {
    return next(position, promptLength) == position;
  }

  /** The first of them from this position on; {@link Integer#MAX_VALUE} if there is none. */
  public int next(int position, int promptLength) {
    int open = Math.max(position, this == LAST ? promptLength - 1 : from);
    int found = Arrays.binarySearch(listed, position);
    int at = found < 0 ? -found - 1 : found;
    return at < listed.length ? Math.min(open, listed[at]) : open;
  }

  /** The highest one that is named; -1 where none is. */
  public int highestNamed() {
    if (listed.length > 0) return listed[listed.length - 1];
    return from == NEVER ? -1 : from;
  }

  /** "all", "last", "from 7" or "3, 4". */
  @Override
  public String toString() {
    return text;
  }
}
