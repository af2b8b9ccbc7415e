package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopMatcherTest {

  /** Two letters: full of overlaps, false starts and ties. Compared with String.indexOf. */
  @Test
  void agreesWithLookingAtTheWholeTextAgainAndAgain() {
    Random random = new Random(8);
    int stopped = 0;
    for (int round = 0; round < 3000; round++) {
      List<String> stops = words(random, 1 + random.nextInt(3), 1 + random.nextInt(6), 9);
      if (agrees(stops, words(random, 30, 0, 3))) stopped++;
    }
    assertTrue(stopped > 500 && stopped < 2900, stopped + " of 3000 rounds stopped");
  }

  @Test
  void amongMatchesOfOneStartTheShorterCounts() {
    StopMatcher matcher = StopStrings.of("STOPNOW", "STOP").matcher();
    assertEquals("a", matcher.accept("aSTOPNOW"));
    assertEquals("STOP", matcher.matched());
  }

  @Test
  void aLaterCompletionThatStartsEarlierCounts() {
    StopMatcher matcher = StopStrings.of("c", "abcd").matcher();
    assertEquals("x", matcher.accept("xabcde"));
    assertEquals("abcd", matcher.matched());
  }

  @Test
  void nothingComesAfterAMatch() {
    StopMatcher matcher = StopStrings.of("END").matcher();
    assertEquals("ab", matcher.accept("abENDcd"));
    assertEquals("", matcher.accept("more"));
    assertEquals("", matcher.end());
    assertEquals("END", matcher.matched());
  }

  @Test
  void theEndForgetsWhatWasHeldBack() {
    StopMatcher matcher = StopStrings.of("END").matcher();
    assertEquals("", matcher.accept("EN"));
    assertEquals("EN", matcher.end());
    assertEquals("", matcher.end());
    assertEquals("D", matcher.accept("D"));
    assertNull(matcher.matched());
  }

  @Test
  void halfAMatchingPairIsNotHandedOut() {
    StopMatcher matcher = StopStrings.of("😸").matcher(); // 😹 begins with the same surrogate
    assertEquals("😹", matcher.accept("😹"));
    assertEquals("", matcher.accept("😸"));
    assertTrue(matcher.stopped());
  }

  @Test
  void longFalseStartsComeOutWhole() {
    String stop = "a".repeat(999) + "b";
    StopMatcher matcher = StopStrings.of(stop).matcher();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) text.append(matcher.accept("a"));
    assertEquals(20_000 - 999, text.length());
    assertEquals("", matcher.accept("b"));
    assertEquals(stop, matcher.matched());
  }

  @Test
  void noneNeverHoldsBack() {
    StopMatcher matcher = StopStrings.NONE.matcher();
    assertEquals("anything", matcher.accept("anything"));
    assertEquals("", matcher.end());
  }

  @Test
  void repeatedStopStringsCountOnce() {
    assertEquals(List.of("b", "a"), StopStrings.of("b", "a", "b").strings());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uD83D", "a\uDE38", "\uDE38\uD83D"})
  void stopStringsThatCannotBeTextAreErrors(String bad) {
    Exception e = assertThrows(InvalidArgumentException.class, () -> StopStrings.of("good", bad));
    assertTrue(e.getMessage().contains("stop string"), e.getMessage());
  }

  /** Runs a matcher and the oracle side by side; true when a stop string appeared. */
  private static boolean agrees(List<String> stops, List<String> pieces) {
    StopMatcher matcher = StopStrings.of(stops).matcher();
    String text = "";
    String handedOut = "";
    for (String piece : pieces) {
      text += piece;
      handedOut += matcher.accept(piece);
      int at = firstMatch(text, stops);
      String expected = text.substring(0, at >= 0 ? at : text.length() - heldBack(text, stops));
      assertEquals(expected, handedOut, () -> stops + " in " + pieces);
      assertEquals(at >= 0, matcher.stopped(), () -> stops + " in " + pieces);
      if (at < 0) continue;
      assertTrue(text.startsWith(String.valueOf(matcher.matched()), at), () -> stops + " in " + pieces);
      return true;
    }
    assertEquals(text, handedOut + matcher.end());
    return false;
  }

  private static int firstMatch(String text, List<String> stops) {
    return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  /** The length of the longest end of the text that a stop string begins with. */
  private static int heldBack(String text, List<String> stops) {
    return IntStream.rangeClosed(0, text.length())
        .filter(n -> stops.stream().anyMatch(stop -> stop.startsWith(text.substring(text.length() - n))))
        .max().orElse(0);
  }

  private static List<String> words(Random random, int count, int least, int most) {
    return IntStream.range(0, count).mapToObj(i -> {
      StringBuilder word = new StringBuilder();
      int length = random.nextInt(least, most + 1);
      for (int j = 0; j < length; j++) word.append(random.nextInt(3) == 0 ? 'b' : 'a');
      return word.toString();
    }).toList();
  }
}
