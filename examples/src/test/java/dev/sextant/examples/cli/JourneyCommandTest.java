package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.report.text.Style;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected numbers are those of the float64 reference in tools/goldens. */
class JourneyCommandTest {
  private static final CliRun STORM = CliRun.of("journey", "The storm is");

  @Test
  void hasAllStagesInOrder() {
    assertEquals(0, STORM.exitCode(), STORM.err());
    List<String> headings = STORM.out().lines().filter(line -> line.matches("\\d\\. .*")).toList();
    assertEquals(List.of("1. Text becomes numbers", "2. Each id picks a row of numbers", "3. The place in the text",
        "4. Through 6 layers: look back, and think", "5. The row becomes an expectation", "6. A token is taken",
        "7. Who voted for it"), headings);
    assertEquals(6, STORM.out().lines().filter(line -> line.matches(" *Layer \\d of 6")).count());
  }

  @Test
  void tellsTokensAndEmbedding() {
    assertEquals(List.of("2", "289", "␣storm"), STORM.row("289"));
    assertEquals(List.of("0", "<|endoftext|>", "0.927"), STORM.row("0.927"));
    assertEquals(List.of("3", "␣is", "1.115"), STORM.row("1.115"));
    assertTrue(STORM.flowing().contains("Your text does not contain <|endoftext|>. The tokenizer adds it"));
    assertTrue(STORM.flowing().contains("begins 0.0840, -0.0918, 0.1396, -0.0603, 0.1113, …"));
  }

  @Test
  void saysNothingUntrueOfATextThatSpellsTheAddedToken() {
    CliRun run = CliRun.of("journey", "The <|endoftext|> storm", "--layer", "1");
    assertFalse(run.flowing().contains("does not contain"));
    assertTrue(run.flowing().contains("One <|endoftext|> is not of your text."));
  }

  @Test
  void refusesToShowNoTokenBeforeItTellsAnything() {
    CliRun run = CliRun.of("journey", "hi", "--top", "0");
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertTrue(run.err().contains("'--top': it is 0"), run.err());
  }

  @Test
  void tellsWhereEachHeadLooksAndWhatIsAdded() {
    assertEquals(List.of("2", "␣storm", "2", "47.4%", "█████████▌"), STORM.row("47.4%"));
    assertEquals(List.of("4", "␣is", "(itself)", "3", "99.9%", "█".repeat(20)), STORM.row("99.9%"));
    assertTrue(
        STORM.flowing().contains("Attention adds a row of length 1.72, the MLP one of length 11.49. Together they"
            + " change the length from 1.12 to 11.89 and turn the direction by 80 degrees."));
    assertTrue(
        STORM.flowing().contains("Attention adds a row of length 20.84, the MLP one of length 48.93. Together they"
            + " change the length from 34.57 to 85.49"));
  }

  @Test
  void looksThroughTheLens() {
    assertTrue(STORM.flowing()
        .contains("If the journey ended here, the model would say: ␣getting 34.6%, ␣coming 10.7%, ␣cold 9.0%."));
    assertTrue(STORM.flowing()
        .contains("If the journey ended here, the model would say: ␣over 17.1%, ␣coming 16.2%, ␣getting 15.8%."));
  }

  @Test
  void endsWithTheExpectation() {
    assertEquals(List.of("359", "␣over", "17.1%", "█".repeat(32), "9.978"), STORM.row("359"));
    assertTrue(STORM.flowing().contains("(greedy decoding) takes ␣over."));
    assertTrue(STORM.flowing().contains("it about 17 times out of 100."));
  }

  @Test
  void linesFitOnAScreen() {
    assertEquals(List.of(), STORM.out().lines().filter(line -> line.length() > 100).toList());
  }

  @Test
  void tellsOfChosenLayersOnly() {
    CliRun run = CliRun.of("journey", "The storm is", "--layer", "2,6");
    assertEquals(List.of("Layer 2 of 6", "Layer 6 of 6"),
        run.out().lines().map(String::strip).filter(line -> line.startsWith("Layer ")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--html", "--json"})
  void filesHaveAllLayers(String form, @TempDir Path folder) {
    Path file = folder.resolve("out");
    CliRun run = CliRun.of("journey", "The storm is", "--layer", "2", form, file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.errors().getFirst().endsWith("has all layers"), run.err());
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "7"})
  void aLayerMustExist(String layer) {
    CliRun run = CliRun.of("journey", "The storm is", "--layer", layer);
    assertEquals(2, run.exitCode());
    assertEquals("sextant: --layer is " + layer + "; this model has the layers 1 to 6", run.errors().getFirst());
  }

  @Test
  void followsTheLastTokenOfALongText() {
    CliRun run = CliRun.of("journey", "The storm is over. ".repeat(80) + "The storm is");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.flowing().contains("stands at position 403, so its hands are turned by 403 steps"), run.out());
  }

  @Test
  void colouringChangesNoWord() {
    CliRun coloured = CliRun.of(CliRun.DEMO, new Style(true), "journey", "The storm is");
    assertFalse(coloured.out().equals(STORM.out()));
    assertEquals(STORM.out(), Style.plain(coloured.out()));
  }

  @Test
  void tellsWhoVoted() {
    assertTrue(STORM.flowing().contains("The score of ␣over is 0.053 above that of ␣coming."));
    assertEquals(List.of("layer", "5,", "MLP", "+0.694", "█".repeat(20)), STORM.row("layer 5, MLP"));
    assertTrue(STORM.flowing().contains("All votes add up to 0.0534."));
  }

  @Test
  void tellsOfTheDraw() {
    CliRun run = CliRun.of("journey", "The storm is", "--temperature", "0.8", "--top-p", "0.95", "--seed", "7");
    assertTrue(run.flowing().contains("The filter top-p (0.95) cut 1,308 tokens, which had 4.3% together."), run.out());
    assertTrue(run.flowing().contains("Here 12 tokens are left to draw from. The random number drawn, 0.4618, points at"
        + " ␣coming, which had 19.7% among them."), run.out());
  }

  @Test
  void votesAgainstATokenOfOnesChoice() {
    CliRun run = CliRun.of("journey", "The storm is", "--against", " cold", "--layer", "1");
    assertTrue(run.flowing().contains("above that of ␣cold."), run.out());
    CliRun none = CliRun.of("journey", "The storm is", "--against", " banana split");
    assertEquals(2, none.exitCode());
    assertTrue(none.err().contains("tokens: "), none.err());
  }

  @Test
  void writesFilesInsteadOfTelling(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("out.html");
    Path numbers = folder.resolve("out.json");
    CliRun run = CliRun.of("journey", "The storm is", "-n", "5", "--html", page.toString(), "--json",
        numbers.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(2, run.out().lines().filter(line -> line.startsWith("wrote ")).count());
    assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
    assertTrue(Files.readString(numbers).startsWith("{\"schema\":\"dev.sextant.journey\",\"version\":1,"));
  }
}
