package dev.sextant.numeric;

import dev.sextant.InvalidArgumentException;

/** What callers of the public API pass, checked where siblings need the same words. */
public final class Checks {
  private Checks() {}

  /** The value, which must lie in [0, end). */
  public static int index(String name, int value, int end) {
    if (value >= 0 && value < end) return value;
    throw new InvalidArgumentException(name + " is " + value + "; it must lie in [0, " + end + ")");
  }

  /** The value, which must not be negative. */
  public static int count(String name, int value) {
    if (value >= 0) return value;
    throw new InvalidArgumentException(name + " is " + value + "; it must not be negative");
  }
}
