package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** lens, votes, score and nearest. */
class AnalysisCommandsTest {
  @Test
  void lensTellsWhatEachLayerWouldSay() {
    CliRun run = CliRun.of("lens", "The storm is");
    assertEquals(0, run.exitCode(), run.err());
    List<String> layers = run.out().lines().map(String::strip).filter(line -> line.matches("(start|\\d) .*")).toList();
    assertEquals(5, layers.size());
    assertEquals(List.of("4", "␣over", "23.4%", "1", "23.4%", "0.000"), List.of(layers.getLast().split("\\s+")));
    assertTrue(run.flowing().contains("␣over leads from layer 2 to the end."), run.out());
  }

  @Test
  void lensFollowsAnotherToken() {
    CliRun run = CliRun.of("lens", "The storm is", "--follow", " coming");
    assertTrue(run.out().contains("rank of ␣coming"), run.out());
    assertTrue(run.flowing().contains("␣coming does not lead in the end."), run.out());
  }

  @Test
  void votesAddUp() {
    CliRun run = CliRun.of("votes", "The storm is", "--for", " over", "--against", " coming", "--top", "3");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.flowing().contains("The score of ␣over is 0.094 above that of ␣coming."), run.out());
    assertEquals(3, run.out().lines().filter(line -> line.contains("layer ")).count());
    assertTrue(run.flowing().contains("All votes add up to 0.0942."), run.out());
    assertEquals(run.out(), CliRun.of("votes", "The storm is", "--top", "3").out(), "these two lead anyway");
  }

  /** Nothing stands against itself. */
  @Test
  void votesAgainstTheMostProbableTokenAreAgainstTheNext() {
    CliRun run = CliRun.of("votes", "The storm is", "--against", " over", "--top", "3");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.flowing().contains("␣over is the most probable token itself, so its votes stand against the most"
        + " probable other one, ␣coming. The score of ␣over is 0.094 above that of ␣coming."), run.out());
    assertTrue(run.out().endsWith(CliRun.of("votes", "The storm is", "--top", "3").out()), "the same votes");
    CliRun named = CliRun.of("votes", "The storm is", "--for", " over", "--against", " over");
    assertEquals(2, named.exitCode());
    assertEquals("sextant: --for and --against are the same token, ␣over; votes need two", named.errors().getFirst());
  }

  @Test
  void scoreIsThatOfTheModel() {
    CliRun run = CliRun.of("score", "Today is Monday. Tomorrow is Tuesday.");
    assertEquals(0, run.exitCode(), run.err());
    double sum = run.out().lines().map(line -> line.strip().split("\\s+")).filter(cells -> cells[0].matches("\\d+"))
        .filter(cells -> cells[2].endsWith("%")).mapToDouble(cells -> Double.parseDouble(cells[3])).sum();
    String told = run.flowing().replaceAll(".* ([\\d.]+) nats each.*", "$1");
    long scored = Long.parseLong(run.flowing().replaceAll(".* (\\d+) tokens scored.*", "$1"));
    assertEquals(Double.parseDouble(told), sum / scored, 0.001);
    assertEquals("98.9%", run.row("␣Tuesday").get(2));
  }

  @Test
  void nearestAreAlike() {
    CliRun run = CliRun.of("nearest", " Monday", "--top", "6");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(6, run.out().lines().filter(line -> line.matches(" *\\d+ +␣\\w+day .*")).count(), run.out());
    CliRun byId = CliRun.of("nearest", "#" + CliRun.of("tokens", " Monday").row("␣Monday").get(1), "--top", "6");
    assertEquals(run.out(), byId.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nearest", "votes", "lens", "score", "journey"})
  void isDocumented(String command) {
    CliRun run = CliRun.of(command, "--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Usage: sextant " + command), run.out());
    assertTrue(CliRun.of("--help").out().contains("  " + command), command);
  }

  @Test
  void aTokenMustBeOne() {
    CliRun run = CliRun.of("nearest", "zzzyx");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("it must be one"), run.err());
    CliRun beyond = CliRun.of("nearest", "#99999");
    assertEquals(2, beyond.exitCode());
    assertTrue(beyond.err().contains("this model knows #0 to #1441"), beyond.err());
  }
}
