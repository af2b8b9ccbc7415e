package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.SextantException;
import dev.sextant.report.text.Style;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.OptionSpec;
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
  @CsvSource(delimiter = '|', value = {"generate x --top-p 3 | --top-p is 3; it must be a number from 0 to 1",
    "generate x --top-k -1 | --top-k is -1; it must be a whole number of at least 0",
    "generate x -t=-1 | -t is -1; it must be a number of at least 0",
    "generate x --temperature 0,8 | --temperature is 0,8; it must be a number of at least 0, such as 0.8",
    "generate x --max-tokens -1 | --max-tokens is -1; it must be a whole number of at least 0",
    "generate x -n -1 | -n is -1; it must be", "generate x -nfew | -n is few; it must be",
    "generate x --seed abc | --seed is abc; it must be a whole number from -9",
    "generate x --repetition-penalty 0 | --repetition-penalty is 0; it must be a number above 0",
    "generate x --min-p NaN | --min-p is NaN; it must be", "generate x --typical-p -1 | --typical-p is -1; it must be",
    "generate x --stop= | --stop is empty; it must hold at least one character",
    "generate x --quiet=3 | --quiet is 3; it takes no value", "generate x -n | -n needs a value, N",
    "generate x -n 1 -n 2 | -n is given twice",
    "next x --temperature 0 | --temperature is 0; it must be a number above 0",
    "next x --top 1e3 | --top is 1e3; it must be a whole number of at least 1", "votes x --top 0 | --top is 0; it must",
    "nearest x --top 0 | --top is 0; it must", "journey x --layer 1,b | it must be a whole number of at least 1",
    "journey x --html= | --html is empty; it must name a file or a folder",
    "next x --threads 1025 | --threads is 1025; it must be a whole number from 0 to 1024",
    "--threads x info | --threads is x; it must be",
    "info --weights q3 | --weights is q3; it must be as-stored, q8 or q4",
    "info --cache q8 | --cache is q8; it must be f32 or bf16", "nearest --top 3 | TOKEN is missing",
    "generate x --no-such-option | generate has no option --no-such-option",
    "next x --html y | next has no option --html", "--nothing info | there is no option --nothing",
    "next The storm is | next does not understand \"storm\", \"is\"; a text of several words needs quotes",
    "info x | info does not understand \"x\"", "next | PROMPT is missing",
    "nexxt x | there is no command nexxt; known are journey, next, lens, votes,",
    "help nexxt | there is no command nexxt; known are journey, next, lens, votes,"})
  void wrongUseIsToldAndExitCode2(String arguments, String mentioned) {
    CliRun run = CliRun.of(arguments.split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.errors().getFirst().startsWith("sextant: "), run.err());
    assertTrue(run.errors().getFirst().contains(mentioned), run.err());
    assertTrue(run.errors().size() <= 3, run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  /** So nothing is left to the library, which would call it by the name that programs use, and late. */
  @Test
  void everyNumberIsCheckedByItsOption() {
    CommandLine root = Main.commandLine(CliRun.DEMO, Style.PLAIN, false, OutputStream.nullOutputStream());
    List<OptionSpec> options = root.getSubcommands().values().stream()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> Set.of(int.class, long.class, double.class, Integer.class, Long.class, Double.class)
            .contains(option.auxiliaryTypes()[0]))
        .toList();
    assertTrue(options.size() > 20, options.toString());
    for (OptionSpec option : options) assertEquals(1, option.converters().length, option.longestName());
  }

  /** What Java calls such exceptions is nobody's business. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"journey hi --html /nope/a.html | /nope/a.html: there is no folder /nope",
    "journey hi --json /nope/a.json | /nope/a.json: there is no folder /nope",
    "journey hi --html models | models: is a folder",
    "journey hi --html models/storm/config.json/a | models/storm/config.json/a: a part of its path is no folder",
    "quantize --weights q8 models/storm/config.json | there is a file of that name",
    "damage --weights q8 models | models: is a folder",
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
    SextantCommand root = new SextantCommand(CliRun.DEMO, Style.PLAIN, true, nanos::get,
        OutputStream.nullOutputStream());
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
