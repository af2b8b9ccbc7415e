package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.examples.DemoCopy;
import dev.sextant.report.text.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a model's files or texts hold reaches the terminal as anything but text. */
class HostileTextTest {
  private static final String ESCAPE = "\u001b";
  /** Stands for the byte of the escape character in a vocabulary. */
  private static final String STAND_IN = "ě";
  private static final String SPELLING = ESCAPE + "[2J\u202eend";

  @TempDir
  private Path folder;

  /** The demo model that says escape characters where it said w; its special token and a key of config.json are hostile. */
  @BeforeEach
  void makeModel() throws IOException {
    DemoCopy.into(folder);
    String config = Files.readString(folder.resolve("config.json"));
    Files.writeString(folder.resolve("config.json"), config.replaceFirst("\\{", "{\"key\\\\u001b[2J\\\\u202e\": 1,"));
    Path file = folder.resolve("tokenizer.json");
    String tokenizer = Files.readString(file).replace("<|endoftext|>", "\\u001b[2J\\u202eend");
    int model = tokenizer.indexOf("\"vocab\"");
    String swapped = tokenizer.substring(model).replace(STAND_IN, "\0").replace("w", STAND_IN).replace('\0', 'w');
    Files.writeString(file, tokenizer.substring(0, model) + swapped);
    Files.deleteIfExists(folder.resolve("tokenizer_config.json"));
  }

  private CliRun run(String... arguments) {
    return run(Style.PLAIN, arguments);
  }

  private CliRun run(Style style, String... arguments) {
    CliRun run = CliRun.of(folder, style, arguments);
    assertEquals(0, run.exitCode(), run.err());
    return run;
  }

  @Test
  void generatedTextShowsSigns() {
    assertEquals(" Tomorro\\u{1b} is Tuesday.", run("generate", "Today is Monday.").out().stripTrailing());
    String coloured = run(new Style(true), "generate", "No" + ESCAPE + "[2J is Monday.").out();
    assertTrue(coloured.contains("No\\u{1b}[2J is Monday."), coloured);
  }

  @Test
  void spellingsAndKeysShowSigns() {
    assertEquals(List.of("0", "0", "\\u{1b}[2J\\u{202e}end", "added"), run("tokens", "hi").row("added"));
    assertTrue(run("info").row("unread settings").contains("key\ufffd[2J\ufffd"), run("info").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"info", "tokens T", "tokens --merges T", "next T", "lens T", "score T", "votes T", "nearest T",
        "journey T", "generate T -n 8", "generate T -n 8 --seed 3 --temperature 4", "inspect FOLDER",
        "damage --weights q8 FOLDER/text", "quantize --weights q8 FOLDER/out"})
  void noCommandLetsAnythingThrough(String command) throws IOException {
    Files.writeString(folder.resolve("text"), "Today is Monday. Tomorro" + ESCAPE + " is Tuesday.");
    String[] arguments = Stream.of(command.split(" "))
        .map(word -> word.equals("T") ? "Today is Monday. Tomorro" + ESCAPE + " is" + SPELLING
            : word.replace("FOLDER", folder.toString()))
        .map(word -> command.startsWith("nearest") && word.startsWith("Today") ? "#0" : word).toArray(String[]::new);
    CliRun run = run(arguments);
    String shown = run.out() + run.err();
    assertFalse(shown.chars().anyMatch(c -> c != '\n' && (Character.isISOControl(c) || c == '\u202e')), shown);
  }

  @Test
  void stackTracesShowSigns() {
    CliRun run = CliRun.of("inspect", "/no/such" + ESCAPE + "file", "--stacktrace");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("\tat dev.sextant.") && !run.err().contains(ESCAPE), run.err());
  }
}
