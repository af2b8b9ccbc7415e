package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfoCommandTest {
  @Test
  void showsConfigReportAndRuntime() {
    CliRun run = CliRun.of("info");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("storm (llama, 4 layers, 3,123,968 parameters)"), run.out());
    assertEquals(List.of("vocabulary", "1,442", "tokens"), run.row("vocabulary"));
    assertEquals(List.of("context", "512", "tokens"), run.row("context"));
    assertEquals(List.of("end", "tokens", "<|endoftext|>", "(id", "0)"), run.row("end tokens"));
    assertEquals(List.of("parameters", "3,123,968"), run.row("  parameters"));
    assertTrue(run.row("weights").containsAll(List.of("6.2", "MB", "used")), run.out());
    assertFalse(run.out().contains("converted"), "nothing was");
  }

  @Test
  void optionsSayWhatComputes() {
    CliRun run = CliRun.of("info", "--scalar", "--threads", "3");
    assertEquals(List.of("computes", "with", "scalar", "kernels,", "3", "threads"), run.row("computes with"));
  }

  @Test
  void weightsAreQuantisedWhenAsked() {
    for (String format : List.of("q8", "q4")) {
      CliRun run = CliRun.of("info", "--weights", format);
      assertEquals(0, run.exitCode(), run.err());
      List<String> row = run.row("weights");
      double converted = Double.parseDouble(row.get(row.indexOf("converted") - 2));
      assertEquals(format.equals("q8") ? 3.2 : 2.0, converted, 0.2, run.out());
    }
    CliRun unknown = CliRun.of("info", "--weights", "q3");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("--weights is q3; it must be as-stored, q8 or q4"), unknown.err());
  }

  @Test
  void theCacheHasTwoFormats() {
    assertEquals(0, CliRun.of("info", "--cache", "bf16").exitCode());
    CliRun unknown = CliRun.of("info", "--cache", "q8");
    assertTrue(unknown.err().contains("--cache is q8; it must be f32 or bf16"), unknown.err());
  }
}
