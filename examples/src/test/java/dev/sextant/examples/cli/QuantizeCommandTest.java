package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizeCommandTest {
  @TempDir
  private Path folder;

  @Test
  void writesAFolderThatSaysTheSame() {
    String out = folder.resolve("storm-q8").toString();
    CliRun run = CliRun.of("quantize", "--weights", "q8", out);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith(out + ": storm, 3,123,968 parameters in 3.5 MB"), run.out());
    assertEquals(CliRun.of("next", "The storm is", "--weights", "q8").out(),
        CliRun.of("next", "The storm is", "--model", out).out());
    List<String> weights = CliRun.of("info", "--model", out).row("weights");
    assertTrue(weights.containsAll(List.of("3.5", "MB", "used")), weights.toString());
  }

  @Test
  void theModelsOwnFolderIsAnError() {
    CliRun run = CliRun.of("quantize", "--weights", "q8", CliRun.DEMO.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is the folder that the model was opened from"), run.err());
  }

  @Test
  void nothingIsOverwritten() {
    String out = folder.resolve("twice").toString();
    assertEquals(0, CliRun.of("quantize", "--weights", "q8", out).exitCode());
    CliRun again = CliRun.of("quantize", "--weights", "q4", out);
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("holds a config.json already"), again.err());
  }

  @Test
  void helpNamesNothingThatDoesNothing() {
    for (String command : List.of("quantize", "damage")) {
      String help = CliRun.of(command, "--help").out();
      assertTrue(help.replaceAll("\\s+", " ").contains("must be given"), help);
      assertFalse(help.contains("as-stored"), help);
    }
    assertFalse(CliRun.of("quantize", "--help").out().contains("--cache"));
    assertTrue(CliRun.of("quantize", "--weights", "as-stored", "x").err()
        .contains("--weights is as-stored; it must be q8 or q4"));
  }

  @Test
  void aFileInThePlaceOfTheFolderIsNamedOnce() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CliRun run = CliRun.of("quantize", "--weights", "q8", file.toString());
    assertEquals(1, run.exitCode());
    assertEquals("sextant: " + file + ": cannot be written: there is a file of that name", run.errors().getFirst());
  }

  @Test
  void theFormatMustBeNamed() {
    CliRun run = CliRun.of("quantize", folder.resolve("plain").toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--weights q8 or q4 is missing"), run.err());
  }
}
