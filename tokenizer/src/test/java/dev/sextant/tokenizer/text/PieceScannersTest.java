package dev.sextant.tokenizer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hand-written scanners cut exactly where the regular expressions they stand for cut. */
class PieceScannersTest {
  /** One or two of every class that a pattern tells apart. */
  private static final String[] ALPHABET = {
    " ", "\n", "\r", "\t", "\u00A0", "'", "s", "\u017F", "e", "L", "A", "1", "/", "!", "ǅ", "ʰ", "\u0301",
    "\uD835\uDC00", "\uD835\uDFCE", "😀"};
  private static final int EXHAUSTIVE_LENGTH = 4;
  private static final int ASSIGNED = 0x32400; // behind lie tags, variation selectors and private use

  static List<String> patterns() {
    return PieceScanner.KNOWN.keySet().stream().sorted(Comparator.comparingInt(String::length)).toList();
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void allShortTexts(String regex) {
    Comparison comparison = new Comparison(regex);
    for (int length = 1; length <= EXHAUSTIVE_LENGTH; length++) {
      int[] digits = new int[length];
      do {
        StringBuilder text = new StringBuilder();
        for (int digit : digits) {
          text.append(ALPHABET[digit]);
        }
        comparison.check(text.toString());
      } while (increment(digits));
    }
    assertTrue(comparison.texts > Math.pow(ALPHABET.length, EXHAUSTIVE_LENGTH));
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void longerTextsSeed17(String regex) {
    Comparison comparison = new Comparison(regex);
    Random random = new Random(17);
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder();
      int letters = 1 + random.nextInt(12); // few different characters make long runs
      int offset = random.nextInt(ALPHABET.length);
      for (int length = random.nextInt(5, 25); length > 0; length--) {
        text.append(ALPHABET[(offset + 7 * random.nextInt(letters)) % ALPHABET.length]);
      }
      comparison.check(text.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("patterns")
  void everyAssignedCodePointBetweenOthers(String regex) {
    Comparison comparison = new Comparison(regex);
    StringBuilder text = new StringBuilder(); // many at once: that is faster
    for (int c = 0; c < ASSIGNED; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String point = Character.toString(c);
        text.append("a" + point + "A'" + point + " " + point + point + "\n1" + point + ".");
      }
      if (c % 64 == 63) {
        comparison.check(text.toString());
        text.setLength(0);
      }
    }
  }

  private static boolean increment(int[] digits) {
    for (int i = 0; i < digits.length; i++) {
      if (++digits[i] < ALPHABET.length) {
        return true;
      }
      digits[i] = 0;
    }
    return false;
  }

  /** Holds a scanner against its regular expression. */
  private static final class Comparison {
    private final TextPattern scanner;
    private final TextPattern regex;
    private int texts;

    Comparison(String source) {
      scanner = new ScannerPattern(PieceScanner.forRegex(source));
      regex = RegexPattern.compile(source, new Json("test", null));
    }

    void check(String text) {
      texts++;
      List<String> expected = cut(regex, text);
      List<String> actual = cut(scanner, text);
      if (!expected.equals(actual)) { // the message costs too much to make for every text
        assertEquals(expected, actual, () -> "'" + text + "'");
      }
    }

    private static List<String> cut(TextPattern pattern, String text) {
      List<String> segments = new ArrayList<>();
      pattern.segment(text, 0, text.length(), (from, to, match) -> segments.add(match + text.substring(from, to)));
      return segments;
    }
  }
}
