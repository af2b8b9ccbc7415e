package dev.sextant.decode;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for stop strings in a text that comes in pieces, one per token, and holds back what could still turn out to be
 * the beginning of one. The text ends right before the earliest match; among matches completed by the same piece, the
 * one that starts earliest counts, then the shortest. Linear in the text, for each stop string.
 *
 * <p>Belongs to one generation; not safe for use by several threads at a time.
 */
public final class StopMatcher {
  private final List<String> strings;
  private final List<int[]> borders;
  /** For each stop string, the length of its longest prefix that the text so far ends with. */
  private final int[] matchedLengths;
  private final StringBuilder held = new StringBuilder();
  private int start;
  private @Nullable String matched;

  StopMatcher(List<String> strings, List<int[]> borders) {
    this.strings = strings;
    this.borders = borders;
    this.matchedLengths = new int[strings.size()];
  }

  /**
   * Takes the text of the next token.
   *
   * @return what may be handed out now: all of the text that is certain not to belong to a stop string and was not
   *         handed out before. After a match nothing more comes.
   */
  public String accept(String piece) {
    if (stopped()) return "";
    for (int i = 0; i < piece.length(); i++) {
      held.append(piece.charAt(i));
      for (int stop = 0; stop < matchedLengths.length; stop++) advance(stop, piece.charAt(i));
    }
    if (!stopped()) return release(held.length() - longestMatched());
    held.setLength(start);
    return release(start);
  }

  /** Ends the text without a match: what was held back. Empty after a match, and the second time. */
  public String end() {
    Arrays.fill(matchedLengths, 0);
    return release(held.length());
  }

  /** Whether a stop string has appeared. */
  public boolean stopped() {
    return matched != null;
  }

  /** The stop string that appeared; null while none has. */
  public @Nullable String matched() {
    return matched;
  }

  private void advance(int stop, char next) {
    String string = strings.get(stop);
    int[] border = borders.get(stop);
    int length = matchedLengths[stop];
    while (length > 0 && string.charAt(length) != next) length = border[length];
    if (string.charAt(length) == next) length++;
    if (length == string.length()) {
      found(string);
      length = 0; // a later match of the same string would start later, it cannot count
    }
    matchedLengths[stop] = length;
  }

  private void found(String string) {
    int foundAt = held.length() - string.length();
    if (matched != null && foundAt >= start) return;
    start = foundAt;
    matched = string;
  }

  private int longestMatched() {
    int longest = 0;
    for (int length : matchedLengths) longest = Math.max(longest, length);
    return longest;
  }

  private String release(int length) {
    String released = held.substring(0, length);
    held.delete(0, length);
    return released;
  }
}
