package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfoCommandTest {
  @Test
  void showsConfigReportAndRuntime() {
    CliRun run = CliRun.of("info");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("storm (llama, 6 layers, 2,615,232 parameters)"), run.out());
    assertEquals(List.of("vocabulary", "1,320", "tokens"), run.row("vocabulary"));
    assertEquals(List.of("context", "512", "tokens"), run.row("context"));
    assertEquals(List.of("end", "tokens", "0"), run.row("end tokens"));
    assertEquals(List.of("parameters", "2,615,232"), run.row("  parameters"));
    assertTrue(run.row("weights").containsAll(List.of("5.2", "MB", "used")), run.out());
    assertTrue(run.row("families").containsAll(List.of("gpt2,", "llama,", "qwen3,")), run.out());
  }

  @Test
  void optionsSayWhatComputes() {
    CliRun run = CliRun.of("info", "--scalar", "--threads", "3");
    assertEquals(List.of("computes", "with", "scalar", "kernels,", "3", "threads"), run.row("computes with"));
  }
}
