package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageCommandTest {
  private static final String STORY = "The sky is dark over the village. The storm is coming. Mia closes the window.";

  @TempDir
  private Path folder;

  @Test
  void fewerBitsCostMore() throws IOException {
    Path text = Files.writeString(folder.resolve("story.txt"), STORY);
    CliRun q8 = CliRun.of("damage", "--weights", "q8", text.toString());
    CliRun q4 = CliRun.of("damage", "--weights", "q4", "--by-layer", text.toString());
    assertEquals(0, q8.exitCode(), q8.err());
    assertEquals(0, q4.exitCode(), q4.err());
    assertTrue(divergence(q8, "everything") > 0 && divergence(q8, "everything") < 0.01, q8.out());
    assertTrue(divergence(q4, "everything") > divergence(q8, "everything"), q4.out());
    for (String part : List.of("layer 1", "layer 4", "unembedding")) {
      assertTrue(divergence(q4, part) < divergence(q4, "everything"), part + "\n" + q4.out());
    }
  }

  @Test
  void asStoredIsNothingToCompare() {
    CliRun run = CliRun.of("damage", "story.txt");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--weights q8 or q4 is missing"), run.err());
  }

  @Test
  void whatIsStoredInTheFormatIsNothingToCompare() throws IOException {
    Path text = Files.writeString(folder.resolve("story.txt"), STORY);
    String stored = folder.resolve("storm-q4").toString();
    assertEquals(0, CliRun.of("quantize", "--weights", "q4", stored).exitCode());
    CliRun run = CliRun.of("damage", "--model", stored, "--weights", "q4", text.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is stored in Q4 already"), run.err());
    assertEquals("", run.out());
  }

  private static double divergence(CliRun run, String part) {
    List<String> row = run.row("   " + part + " ");
    return Double.parseDouble(row.get(row.size() - 3));
  }
}
