package dev.sextant.tokenizer.text;

import dev.sextant.tokenizer.json.Json;
import org.jspecify.annotations.Nullable;

/** Finds matches in a text. */
public sealed interface TextPattern permits LiteralPattern, RegexPattern, ScannerPattern, ClassPattern {

  /** Receives a text's segments from left to right: matches and what lies between them. */
  @FunctionalInterface
  interface Segments {
    /** A segment, never empty unless it is an empty match. */
    void segment(int from, int to, boolean match);
  }

  /** Hands over the segments of a range of the text, gapless; the pattern sees nothing outside the range. */
  void segment(String text, int from, int to, Segments segments);

  /** The scanner that this pattern stands for, if it does; otherwise null. */
  default @Nullable PieceScanner scanner() {
    return null;
  }

  /** Reads {@code {"String": …}} or {@code {"Regex": …}}. */
  static TextPattern read(Json json) {
    if (json.has("String") == json.has("Regex")) {
      throw json.error("a pattern has either 'String' or 'Regex'");
    }
    if (json.has("String")) {
      return new LiteralPattern(json.get("String").text());
    }
    return regex(json.get("Regex").text(), json.get("Regex"));
  }

  /** A regular expression; the place is for the message if it cannot be understood. */
  static TextPattern regex(String regex, Json place) {
    PieceScanner scanner = PieceScanner.forRegex(regex);
    return scanner != null ? new ScannerPattern(scanner) : RegexPattern.compile(regex, place);
  }
}
