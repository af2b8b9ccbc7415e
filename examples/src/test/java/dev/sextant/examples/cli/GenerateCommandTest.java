package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.examples.DemoCopy;
import dev.sextant.report.text.Style;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  @Test
  void greedyGenerationIsReproducible() {
    CliRun first = CliRun.of("generate", "Today is Monday.");
    assertEquals(0, first.exitCode(), first.err());
    assertEquals(" Tomorrow is Tuesday.", first.out().stripTrailing());
    assertEquals(first.out(), CliRun.of("generate", "Today is Monday.").out());
    assertEquals(first.out(), CliRun.of("generate", "Today is Monday.", "--threads", "1", "--scalar").out());
  }

  @Test
  void figuresGoToTheErrorStreamUnlessQuiet() {
    assertTrue(CliRun.of("generate", "Today is Monday.").err()
        .matches("(?s)\\[\\d+ tokens, [\\d.]+ tokens/s; prompt: 5 tokens in \\d+ ms; the model ended the text]\\s+"));
    assertEquals("", CliRun.of("generate", "Today is Monday.", "--quiet").err());
    assertTrue(CliRun.of("generate", "Today is Monday.", "-n", "1").err().startsWith("[1 token; prompt: 5 tokens in "),
        "one token has no speed");
  }

  @Test
  void theSameSeedDrawsTheSameText() {
    String[] seeded = {"generate", "The storm is", "--temperature", "1.5", "--seed", "7", "-n", "20"};
    CliRun first = CliRun.of(seeded);
    assertEquals(0, first.exitCode(), first.err());
    assertEquals(first.out(), CliRun.of(seeded).out());
    assertTrue(first.err().contains("--seed 7"), first.err());
    seeded[5] = "8";
    assertNotEquals(first.out(), CliRun.of(seeded).out());
  }

  @Test
  void endsAfterSoManyTokens() {
    CliRun run = CliRun.of("generate", "Today is Monday.", "--max-tokens", "2");
    assertEquals(" Tomorrow is", run.out().stripTrailing());
    assertTrue(run.err().contains("as many tokens as asked for"), run.err());
    assertEquals("", CliRun.of("generate", "Today is Monday.", "--max-tokens", "0").out().strip());
  }

  @Test
  void endsRightBeforeAnyOfTheStops() {
    CliRun run = CliRun.of("generate", "Today is Monday.", "--stop", "never", "--stop", "Tues");
    assertEquals(" Tomorrow is ", run.out().replaceAll("\\R$", ""));
    assertTrue(run.err().contains("a stop text came"), run.err());
  }

  /** With one candidate left, drawing is greedy. */
  @Test
  void everyFilterReachesTheChoice() {
    String greedy = CliRun.of("generate", "The storm is", "-n", "5").out();
    assertEquals(greedy, CliRun.of("generate", "The storm is", "-n", "5", "--seed", "1", "--top-k", "1").out());
    assertEquals(greedy, CliRun.of("generate", "The storm is", "-n", "5", "--seed", "1", "--top-p", "0").out());
    assertEquals(greedy, CliRun.of("generate", "The storm is", "-n", "5", "--seed", "1", "--min-p", "1").out());
    String typical = CliRun.of("generate", "The storm is", "-n", "1", "--seed", "1", "--typical-p", "0").out();
    assertEquals(typical, CliRun.of("generate", "The storm is", "-n", "1", "--seed", "2", "--typical-p", "0").out());
  }

  @Test
  void aRepetitionPenaltyShunsWhatWasThere() {
    String prompt = "Today is Monday. Tomorrow is Tuesday. Today is Monday. Tomorrow is";
    assertEquals(" Tuesday", CliRun.of("generate", prompt, "-n", "1").out().stripTrailing());
    String shunned = CliRun.of("generate", prompt, "-n", "1", "--repetition-penalty", "50").out();
    assertNotEquals(" Tuesday", shunned.stripTrailing());
  }

  @Test
  void withoutAPromptTheModelBeginsAText() {
    CliRun run = CliRun.of("generate", "--seed", "1");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(Character.isUpperCase(run.out().charAt(0)), run.out());
    assertTrue(run.err().contains("prompt: 1 token "), run.err());
  }

  @Test
  void answersInTheFormOfTheChatTemplate(@TempDir Path folder) throws IOException {
    DemoCopy.chatting(folder, "{% for message in messages %}{{ message.content }} {% endfor %}Tomorrow is");
    String[] chat = {"generate", "Today is Monday.", "--chat", "--model", folder.toString()};
    CliRun run = CliRun.of(chat);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(CliRun.of("generate", "Today is Monday. Tomorrow is").out(), run.out());
    CliRun told = CliRun.of("generate", "Tomorrow is", "--system", "Today is Monday.", "--model", folder.toString());
    assertEquals(CliRun.of("generate", "Today is Monday. Tomorrow is Tomorrow is").out(), told.out());
    assertEquals(run.out(), Style.plain(CliRun.of(CliRun.DEMO, new Style(true), chat).out()), "not the user's words");
  }

  @Test
  void chatNeedsATemplateAndSomethingThatIsSaid() {
    CliRun without = CliRun.of("generate", "hi", "--chat");
    assertEquals(1, without.exitCode());
    assertTrue(without.errors().getFirst().contains("there is no chat template"), without.err());
    CliRun silent = CliRun.of("generate", "--chat");
    assertEquals(2, silent.exitCode());
    assertTrue(silent.errors().getFirst().contains("PROMPT is missing"), silent.err());
  }

  @Test
  void onAColouredTerminalThePromptIsShownToo() {
    CliRun run = CliRun.of(CliRun.DEMO, new Style(true), "generate", "Today is Monday.");
    assertEquals("Today is Monday. Tomorrow is Tuesday.", Style.plain(run.out()).stripTrailing());
  }
}
