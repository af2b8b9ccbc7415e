package dev.sextant.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.GeneratedToken;
import dev.sextant.Generation;
import dev.sextant.LoadReport;
import dev.sextant.ScoredToken;
import dev.sextant.StopReason;
import dev.sextant.TokenProbability;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.TokenMerges;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What programs print of this library's objects shows control characters by signs. */
class PrintedTest {
  private static final String HOSTILE = "\u001b[2J\u202e\n";
  private static final String SHOWN = "\"\\u{1b}[2J\\u{202e}⏎\"";

  private static void assertShows(Object object) {
    String text = object.toString();
    assertTrue(text.contains(SHOWN), text);
    assertEquals(-1, text.indexOf('\u001b'), text);
  }

  @Test
  void tokens() {
    TokenProbability token = new TokenProbability(1, HOSTILE, 0.5, 1);
    GeneratedToken generated = new GeneratedToken(0, 1, HOSTILE, -1, 1);
    assertEquals("TokenProbability[id=1, text=" + SHOWN + ", probability=0.5, logit=1.0]", token.toString());
    assertShows(new ScoredToken(1, 1, HOSTILE, -1));
    assertShows(generated);
    assertShows(new Neighbour(1, HOSTILE, 1));
    assertShows(Distribution.of(new float[] {1, 2}, _ -> HOSTILE));
    assertShows(new TokenMerges(1, HOSTILE, List.of()));
    assertShows(new TokenMerges.Step(1, HOSTILE, "a", "b"));
    LogitLens.Reading reading = new LogitLens.Reading(List.of(token), 0, new int[0], new double[0], new float[0]);
    assertShows(new LogitLens(0, new int[0], List.of(reading)));
    Generation.Timings timings = new Generation.Timings(Duration.ZERO, Duration.ZERO);
    assertShows(new Generation(HOSTILE, List.of(), List.of(generated), StopReason.LENGTH, 1, timings));
  }

  @Test
  void namesOfFiles() {
    assertShows(new LoadReport(1, 1, 1, List.of(HOSTILE), List.of(), Duration.ZERO));
    assertShows(new LoadReport(1, 1, 1, List.of(), List.of(HOSTILE), Duration.ZERO));
  }
}
