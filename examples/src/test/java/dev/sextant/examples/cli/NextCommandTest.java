package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextCommandTest {
  @Test
  void showsTheMostProbableTokensWithTheirBars() {
    CliRun run = CliRun.of("next", "The storm is", "--top", "3");
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    assertEquals(List.of("id token probability logit", //
        "359 ␣over 17.1% " + "█".repeat(32) + " 9.978", //
        "387 ␣coming 16.2% " + "█".repeat(30) + "▍ 9.925", //
        "389 ␣getting 15.8% " + "█".repeat(29) + "▌ 9.898", //
        "(1,317 others) 50.9%", //
        "", //
        "Entropy 2.51 nats: as undecided as between 12.3 equally likely tokens."), lines);
    assertEquals("", run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--scalar", "--threads=1", "--threads=3"})
  void theWayOfComputingChangesNothing(String option) {
    assertEquals(CliRun.of("next", "The storm is").out(), CliRun.of("next", "The storm is", option).out());
    assertEquals(CliRun.of("next", "The storm is").out(), CliRun.of(option, "next", "The storm is").out());
  }

  /** At temperature 0.5 the ratio of two probabilities is squared. */
  @Test
  void temperatureSharpens() {
    CliRun plain = CliRun.of("next", "Bread is made of");
    CliRun sharp = CliRun.of("next", "Bread is made of", "--temperature", "0.5");
    assertEquals("98.2%", plain.row("␣flour").get(2));
    assertEquals("100.0%", sharp.row("␣flour").get(2));
    assertEquals(plain.row("␣flour").getLast(), sharp.row("␣flour").getLast(), "logits are the model's");
  }

  @Test
  void theWholeVocabularyLeavesNoOthers() {
    CliRun run = CliRun.of("next", "The storm is", "--top", "99999");
    assertEquals(0, run.exitCode());
    assertTrue(run.row("others").isEmpty());
    assertEquals(1320 + 3, run.out().lines().count());
  }
}
