package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Family;
import dev.sextant.Sextant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesCommandTest {
  @Test
  void listsEveryFamilyWithItsModels() {
    CliRun run = CliRun.of("families");
    assertEquals(0, run.exitCode(), run.err());
    for (Family family : Sextant.supportedFamilies()) {
      assertEquals(family.name(), run.row(family.name() + " ", family.models()).getFirst());
    }
  }

  @Test
  void tellsAboutOne() {
    CliRun run = CliRun.of("families", "granite");
    assertTrue(run.row("what sets it apart").containsAll(List.of("embeddings,", "scaled")), run.out());
    assertTrue(run.row("tested by").contains("granite"), run.out());
  }

  @Test
  void anUnknownOneIsAnError() {
    CliRun run = CliRun.of("families", "rwkv");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("family \"rwkv\" is not known; known are gemma, "), run.err());
  }
}
