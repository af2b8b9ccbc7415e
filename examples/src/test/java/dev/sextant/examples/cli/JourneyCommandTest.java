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
        "4. Through 4 layers: look back, and think", "5. The row becomes an expectation", "6. A token is taken",
        "7. Who voted for it"), headings);
    assertEquals(4, STORM.out().lines().filter(line -> line.matches(" *Layer \\d of 4")).count());
  }

  @Test
  void tellsTokensAndEmbedding() {
    assertEquals(List.of("2", "294", "␣storm"), STORM.row("294"));
    assertEquals(List.of("0", "<|endoftext|>", "1.028"), STORM.row("1.028"));
    assertEquals(List.of("3", "␣is", "1.171"), STORM.row("1.171"));
    assertTrue(STORM.flowing().contains("Your text does not contain <|endoftext|>. The tokenizer adds it"));
    assertTrue(STORM.flowing().contains("begins -0.0066, 0.1074, 0.0820, -0.1729, 0.0564, …"));
  }

  /** Ranks are the merges' places in the model's tokenizer.json. */
  @Test
  void tellsWhichMergesMadeTheLastToken() {
    assertTrue(STORM.flowing()
        .contains("The last token, ␣is, took 2 merges (rank in parentheses): ␣ + i (2), ␣i + s (4). "), STORM.out());
    String many = CliRun.of("journey", "The storm is approaching", "--layer", "1").flowing();
    assertTrue(many.contains("␣approaching, took 11 merges, here its last 8 (rank in parentheses): "), many);
    String told = many.substring(many.indexOf("in parentheses): "), many.indexOf("Your text does"));
    assertEquals(8, told.split(" \\+ ", -1).length - 1, told);
    CliRun single = CliRun.of("journey", "The storm is ", "--layer", "1");
    assertFalse(single.flowing().contains("merge"), single.out());
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
    assertTrue(run.err().contains("--top is 0"), run.err());
  }

  @Test
  void tellsWhereEachHeadLooksAndWhatIsAdded() {
    assertEquals(List.of("1", "␣storm", "2", "64.8%", "█████████████"), STORM.row("64.8%"));
    assertEquals(List.of("3", "␣is", "(itself)", "3", "99.1%", "█".repeat(19) + "▉"), STORM.row("␣is", "99.1%"));
    assertTrue(
        STORM.flowing().contains("Attention adds a row of length 18.67, the MLP one of length 17.85. Together they"
            + " change the length from 1.17 to 31.06 and turn the direction by 74 degrees."));
    assertTrue(
        STORM.flowing().contains("Attention adds a row of length 18.18, the MLP one of length 161.96. Together they"
            + " change the length from 79.95 to 225.73"));
  }

  @Test
  void looksThroughTheLens() {
    assertTrue(STORM.flowing()
        .contains("If the journey ended here, the model would say: ␣over 44.2%, ␣getting 20.6%, ␣coming 7.3%."));
    assertTrue(STORM.flowing()
        .contains("If the journey ended here, the model would say: ␣over 23.4%, ␣coming 21.3%, ␣getting 14.8%."));
  }

  @Test
  void endsWithTheExpectation() {
    assertEquals(List.of("348", "␣over", "23.4%", "█".repeat(32), "9.388"), STORM.row("348"));
    assertTrue(STORM.flowing().contains("(greedy decoding) takes ␣over."));
    assertTrue(STORM.flowing().contains("it about 23 times out of 100."));
  }

  @Test
  void linesFitOnAScreen() {
    assertEquals(List.of(), STORM.out().lines().filter(line -> line.length() > 100).toList());
  }

  @Test
  void tellsOfChosenLayersOnly() {
    CliRun run = CliRun.of("journey", "The storm is", "--layer", "2,4");
    assertEquals(List.of("Layer 2 of 4", "Layer 4 of 4"),
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

  @Test
  void aLayerMustExist() {
    CliRun run = CliRun.of("journey", "The storm is", "--layer", "5");
    assertEquals(2, run.exitCode());
    assertEquals("sextant: --layer is 5; this model has the layers 1 to 4", run.errors().getFirst());
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
    assertTrue(STORM.flowing().contains("The score of ␣over is 0.094 above that of ␣coming."));
    assertEquals(List.of("layer", "4,", "MLP", "-0.310", "█".repeat(20)), STORM.row("layer 4, MLP"));
    assertTrue(STORM.flowing().contains("All votes add up to 0.0942."));
  }

  @Test
  void tellsOfTheDraw() {
    CliRun run = CliRun.of("journey", "The storm is", "--temperature", "0.8", "--top-p", "0.95", "--seed", "7");
    assertTrue(run.flowing().contains("The filter top-p (0.95) cut 1,431 tokens, which had 4.0% together."), run.out());
    assertTrue(run.flowing().contains("Here 11 tokens are left to draw from. The random number drawn, 0.4618, points at"
        + " ␣getting, which had 16.6% among them."), run.out());
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
  void votesAgainstTheTokenThatIsTakenAreAgainstTheRunnerUp() {
    CliRun run = CliRun.of("journey", "The storm is", "--against", " over", "-n", "4", "--layer", "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.flowing().contains("Votes against ␣over were asked for. It was taken itself, so they stand against"
        + " the most probable other token, ␣coming."), run.out());
    assertTrue(run.flowing().contains("The score of ␣over is 0.094 above that of ␣coming."), run.out());
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

  @Test
  void aDashIsStandardOutputAndNothingElseGoesThere(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("out.html");
    Path numbers = folder.resolve("out.json");
    String[] both = {"journey", "The storm is", "--html", page.toString(), "--json", numbers.toString(), "--seed", "7"};
    CliRun.of(both);
    String json = Files.readString(numbers);
    String html = Files.readString(page);
    both[5] = "-";
    CliRun run = CliRun.of(both);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(json.equals(run.out()), run.out().lines().findFirst().orElse(""));
    assertEquals(List.of("wrote " + page), run.errors().stream().map(line -> line.replaceAll(" \\(.*", "")).toList());
    assertTrue(html.equals(CliRun.of("journey", "The storm is", "--html", "-", "--seed", "7").out()));
    assertFalse(Files.exists(Path.of("-")));
    both[3] = "-";
    CliRun twice = CliRun.of(both);
    assertEquals(2, twice.exitCode());
    assertEquals("", twice.out());
    assertEquals("sextant: --html and --json cannot both go to standard output", twice.errors().getFirst());
  }
}
