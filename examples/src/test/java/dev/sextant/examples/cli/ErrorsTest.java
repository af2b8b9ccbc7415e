package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.SextantException;
import dev.sextant.report.text.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

class ErrorsTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"next x --model /no/such/folder | /no/such/folder",
    "tokens x --model /no/such/folder | /no/such/folder", "inspect /no/such/file | /no/such/file",
    "info --model models | config.json", "next x --model models/storm/config.json | models/storm/config.json"})
  void whatCannotBeOpenedIsOneLineAndExitCode1(String arguments, String mentioned) {
    CliRun run = CliRun.of(arguments.split(" "));
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(1, run.errors().size(), run.err());
    assertTrue(run.err().startsWith("sextant: ") && run.err().contains(mentioned), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"generate x --top-p 3 | 3.0", "generate x --top-k -1 | -1",
    "generate x --temperature -1 | -1.0", "generate x --max-tokens -1 | -1", "next x --temperature 0 | 0.0",
    "next x --top -1 | -1", "next x --top 0 | it is 0", "votes x --top 0 | it is 0", "nearest x --top 0 | it is 0",
    "next x --threads -1 | -1", "generate x --temperature warm | warm",
    "generate x --no-such-option | --no-such-option", "next x y | y", "next | PROMPT", "nexxt x | nexxt"})
  void wrongUseIsToldAndExitCode2(String arguments, String mentioned) {
    CliRun run = CliRun.of(arguments.split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errors().getFirst().startsWith("sextant: "), run.err());
    assertTrue(run.errors().getFirst().contains(mentioned), run.err());
    assertTrue(run.errors().size() <= 3, run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  /** What Java calls such exceptions is nobody's business. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"journey hi --html /nope/a.html | /nope/a.html: there is no folder /nope",
    "journey hi --json /nope/a.json | /nope/a.json: there is no folder /nope",
    "journey hi --html models | models: is a directory",
    "journey hi --html models/storm/config.json/a | models/storm/config.json/a: ",
    "quantize --weights q8 models/storm/config.json | there is a file of that name",
    "damage --weights q8 no-such-text | no-such-text: no such file",
    "damage --weights q8 models/storm/model.safetensors | model.safetensors: is no text in UTF-8"})
  void whatCannotBeWrittenOrReadIsToldInWords(String arguments, String told) {
    CliRun run = CliRun.of(arguments.split(" "));
    assertEquals(1, run.exitCode(), run.err());
    assertEquals(1, run.errors().size(), run.err());
    assertTrue(run.err().contains(told), run.err());
    assertFalse(run.err().contains("Exception") || run.err().contains("java."), run.err());
  }

  @Test
  void aModelWithoutItsOptionIsRecognised() {
    CliRun run = CliRun.of("quantize", "models/storm", "out", "--weights", "q8");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("A model is named with --model DIR."), run.err());
    assertFalse(CliRun.of("next", "x", "y").err().contains("--model"));
  }

  @Test
  void aMistypedCommandIsGuessed() {
    assertTrue(CliRun.of("jurney", "x").err().contains("Did you mean: journey"), CliRun.of("jurney", "x").err());
  }

  @Test
  void withoutACommandAnExampleIsGiven() {
    CliRun run = CliRun.of();
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("sextant journey"), run.err());
  }

  @Test
  void aTextLongerThanTheContextIsRefused() {
    CliRun run = CliRun.of("next", "The storm is over. ".repeat(200));
    assertEquals(1, run.exitCode());
    assertEquals(List.of("sextant: a text of 1002 tokens does not fit into the context of 512 positions"),
        run.errors());
  }

  @Test
  void theStackTraceIsShownOnDemandOnly() {
    assertTrue(CliRun.of("inspect", "/no/such/file", "--stacktrace").err().contains("\tat dev.sextant."));
    assertTrue(CliRun.of("--stacktrace", "inspect", "/no/such/file").err().contains("\tat dev.sextant."));
  }

  @Test
  void anUnfinishedBarGivesWayToTheError() {
    AtomicLong nanos = new AtomicLong();
    StringWriter text = new StringWriter();
    SextantCommand root = new SextantCommand(CliRun.DEMO, Style.PLAIN, true, nanos::get);
    CommandLine commandLine = new CommandLine(root).setErr(new PrintWriter(text));
    DoubleConsumer loading = root.progress("loading");
    nanos.set(2_000_000_000);
    loading.accept(0.5);
    Errors.failure(new SextantException("gone"), commandLine, commandLine.parseArgs());
    assertTrue(text.toString().contains(" 50%\r\u001b[Ksextant: gone"), text.toString());
    loading.accept(0.5);
    Errors.usage(new ParameterException(commandLine, "what?"), new String[0]);
    assertTrue(text.toString().contains(" 50%\r\u001b[Ksextant: what?"), text.toString());
  }

  @Test
  void aMissingDemoModelIsToldWithTheWayOut() {
    CliRun run = CliRun.of(folder.resolve("gone"), Style.PLAIN, "next", "x");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("--model DIR"), run.err());
  }

  @Test
  void aMessageWithLineEndsBecomesOneLine() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"no\\nfamily\\u001b\"}");
    CliRun run = CliRun.of("info", "--model", folder.toString());
    assertEquals(1, run.exitCode());
    assertEquals(1, run.errors().size(), run.err());
    assertFalse(run.err().contains("\u001b"), run.err());
  }

  @ParameterizedTest
  @CsvSource({"--help", "journey --help", "generate --help", "help next", "--version"})
  void helpIsNoError(String arguments) {
    CliRun run = CliRun.of(arguments.split(" "));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("extant"), run.out());
    assertEquals("", run.err());
  }
}
