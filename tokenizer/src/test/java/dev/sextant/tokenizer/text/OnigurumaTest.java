package dev.sextant.tokenizer.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnigurumaTest {

  private static List<String> matches(String regex, String text) {
    List<String> matches = new ArrayList<>();
    RegexPattern.compile(regex, new Json("test", null)).segment(text, 0, text.length(), (from, to, match) -> {
      if (match) {
        matches.add(text.substring(from, to));
      }
    });
    return matches;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '→', value = {
    "a{2,3}+ → (?:a{2,3})+", "a{2}+ → (?:a{2})+", "[ab]{1,2}+c → (?:[ab]{1,2})+c", "(ab){2}+ → (?:(ab){2})+",
    "a{,3} → a{0,3}",
    "a{2}? → a{2}?", "a++b*+ → a++b*+", "a{x → a\\{x", "\\p{Han} → \\p{IsHan}", "\\P{Han} → \\P{IsHan}",
    "\\p{^L} → \\P{L}",
    "\\p{Lu}\\P{N} → \\p{Lu}\\P{N}", "\\h\\H → [0-9a-fA-F][^0-9a-fA-F]", "[\\h] → [[0-9a-fA-F]]", "(?#c)a → a",
    "(?m:.) → (?s:.)", "(?i)a|b → (?i)a|b", "(?<n>a)\\k<n> → (?<n>a)\\k<n>", "[]a] → [\\]a]",
    "[[:^digit:]] → [[^\\p{Nd}]]",
    "\\p{Letter} → [\\p{L}]"})
  void translates(String ruby, String java) {
    assertEquals(java, Oniguruma.toJava(ruby));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a", "a)", "[a", "\\", "\\K", "\\g<1>", "(?~a)", "(?x)a", "[[:nope:]]", "\\pL", "\\p{L",
    "[\\b]",
    "(?<n", "(?#"})
  void refusesWhatItDoesNotKnow(String ruby) {
    assertThrows(PatternSyntaxException.class, () -> Oniguruma.toJava(ruby));
    TokenizerException e = assertThrows(TokenizerException.class,
        () -> RegexPattern.compile(ruby, new Json("file: here", null)));
    assertTrue(e.getMessage().startsWith("file: here: the pattern '" + ruby + "' is not understood"), e.getMessage());
  }

  /** The time is bounded by steps, the stack by the virtual machine. */
  @ParameterizedTest
  @CsvSource({"(a*)\\1b, a, 2000, backtracks without end", "(a|b)*, ab, 200000, nests too deeply"})
  void whatDoesNotGetOnWithATextIsAnErrorThatNamesThePlace(String ruby, String piece, int count, String reason) {
    TextPattern pattern = RegexPattern.compile(ruby, new Json("file: here", null));
    String text = piece.repeat(count);
    TokenizerException e = assertThrows(TokenizerException.class,
        () -> pattern.segment(text, 0, text.length(), (from, to, match) -> {}));
    assertEquals("file: here: the pattern '" + ruby + "' " + reason + " on this text", e.getMessage());
  }

  @Test
  void boundsWithPlusRepeatTheGroup() {
    assertEquals(List.of("1234567"), matches("\\p{N}{1,3}+", "1234567"));
  }

  @Test
  void wordsHaveRaisedDigitsButNoJoiners() {
    assertEquals(List.of("a²½", "b"), matches("\\w+", "a²½\u200Cb"));
    assertEquals(List.of("\u200C"), matches("\\W+", "a\u200C³"));
    assertEquals(List.of("a²-"), matches("[\\w-]+", "a²-\u200D"));
  }

  @Test
  void linesEndAtTheLineFeedOnly() {
    assertEquals(List.of("a\r", "b\u0085"), matches(".+", "a\r\nb\u0085"));
    assertEquals(List.of("a", "a"), matches("^a", "a\na\ra"));
  }

  @Test
  void theTextOutsideTheRangeIsInvisible() {
    List<String> found = new ArrayList<>();
    RegexPattern.compile("(?<!a)b$", new Json("test", null)).segment("abb", 1, 2,
        (from, to, match) -> found.add(from + "-" + to + match));
    assertEquals(List.of("1-2true"), found);
  }

  @Test
  void endlessBacktrackingIsAnError() {
    TokenizerException e = assertThrows(TokenizerException.class,
        () -> matches("(?:(a+)+b\\1|(a*)*c\\2)x", "a".repeat(5000)));
    assertTrue(e.getMessage().contains("on this text"), e.getMessage());
  }

  @Test
  void deepNestingIsAnError() {
    assertThrows(TokenizerException.class, () -> matches("(?:a|b)*", "ab".repeat(500_000)));
    assertThrows(TokenizerException.class, () -> matches("(".repeat(9000) + ")".repeat(9000), "a"));
  }
}
