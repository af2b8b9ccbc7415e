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
        "348 ␣over 23.4% " + "█".repeat(32) + " 9.388", //
        "409 ␣coming 21.3% " + "█".repeat(29) + "▏ 9.294", //
        "403 ␣getting 14.8% " + "█".repeat(20) + "▎ 8.929", //
        "(1,439 others) 40.5%", //
        "", //
        "Entropy 2.35 nats: as undecided as between 10.5 equally likely tokens."), lines);
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
    CliRun plain = CliRun.of("next", "The sky is dark and it is");
    CliRun sharp = CliRun.of("next", "The sky is dark and it is", "--temperature", "0.5");
    assertEquals("50.9%", plain.row("␣raining").get(2));
    assertEquals("71.7%", sharp.row("␣raining").get(2));
    assertEquals(plain.row("␣raining").getLast(), sharp.row("␣raining").getLast(), "logits are the model's");
  }

  @Test
  void theWholeVocabularyLeavesNoOthers() {
    CliRun run = CliRun.of("next", "The storm is", "--top", "99999");
    assertEquals(0, run.exitCode());
    assertTrue(run.row("others").isEmpty());
    assertEquals(1442 + 3, run.out().lines().count());
  }
}
