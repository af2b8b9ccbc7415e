package dev.sextant.decode;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Texts that end a generation as soon as one appears in what was generated. Immutable, safe to share between threads;
 * each generation has its own {@link #matcher()}.
 */
public final class StopStrings {
  /** Nothing stops the text. */
  public static final StopStrings NONE = new StopStrings(List.of());

  private final List<String> strings;
  private final List<int[]> borders;

  private StopStrings(List<String> strings) {
    this.strings = strings;
    this.borders = strings.stream().map(StopStrings::borders).toList();
  }

  /**
   * Stops at any of these strings; none at all stops nothing.
   *
   * @throws InvalidArgumentException when a stop string is empty or holds half of a surrogate pair
   */
  public static StopStrings of(String... strings) {
    return of(Arrays.asList(strings));
  }

  /**
   * Stops at any of these strings; none at all stops nothing.
   *
   * @throws InvalidArgumentException when a stop string is empty or holds half of a surrogate pair
   */
  public static StopStrings of(List<String> strings) {
    strings.forEach(StopStrings::check);
    return new StopStrings(List.copyOf(new LinkedHashSet<>(strings)));
  }

  /** The stop strings, without repetitions. */
  public List<String> strings() {
    return strings;
  }

  /** Looks for them in one generated text. */
  public StopMatcher matcher() {
    return new StopMatcher(strings, borders);
  }

  private static void check(String stop) {
    if (stop.isEmpty())
      throw new InvalidArgumentException("a stop string is empty; it must hold at least one character");
    if (stop.codePoints().anyMatch(StopStrings::isSurrogate))
      throw new InvalidArgumentException("the stop string \"" + stop
          + "\" holds half of a surrogate pair; it must be well-formed text");
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * The table of Knuth, Morris and Pratt (1977): for each length of a proper prefix, the length of the longest shorter
   * prefix that it ends with.
   */
  private static int[] borders(String stop) {
    int[] borders = new int[stop.length()];
    int border = 0;
    for (int length = 2; length < stop.length(); length++) {
      char last = stop.charAt(length - 1);
      while (border > 0 && stop.charAt(border) != last) border = borders[border];
      if (stop.charAt(border) == last) border++;
      borders[length] = border;
    }
    return borders;
  }
}
