package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.testing.Folders;
import dev.sextant.testing.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models opened, used by several threads, closed beneath them, interrupted, damaged, one after the other, for some seconds:
 * {@code -Dsextant.stress.seconds=600} makes it ten minutes, {@code -Dsextant.stress.seed} others. The figures are written to
 * {@code target/stress.txt}.
 */
class StressTest {
  private static final long SECONDS = Long.getLong("sextant.stress.seconds", 3);
  private static final long SEED = Long.getLong("sextant.stress.seed", 1);
  private static final long REPORT = 30_000_000_000L;

  @TempDir
  Path temporary;

  @Test
  void nothingIsLostHoweverLong() throws Exception {
    Stress stress = new Stress(Folders.withTokenizer(temporary.resolve("model")), SEED);
    for (int i = 0; i < 50; i++) stress.next(); // the virtual machine's own memory has settled by then
    long begin = System.nanoTime();
    long residentBefore = resident();
    for (long told = begin; System.nanoTime() - begin < SECONDS * 1_000_000_000L;) {
      stress.next();
      assertEquals(List.of(), Held.below(temporary), () -> "after round " + stress.rounds());
      if (System.nanoTime() - told > REPORT) {
        told = System.nanoTime();
        report(stress, begin, residentBefore);
      }
    }
    report(stress, begin, residentBefore);
    assertTrue(stress.rounds() > 50, "something was done");
  }

  private static void report(Stress stress, long begin, long before) throws IOException {
    String figures = String.format(Locale.ROOT, "%.0f s: %s; resident memory %d MiB, %d MiB at the beginning%n",
        (System.nanoTime() - begin) / 1e9, stress, resident(), before);
    System.out.print(figures);
    if (Files.isDirectory(Path.of("target"))) Files.writeString(Path.of("target/stress.txt"), figures);
  }

  /** MiB of this process in memory; 0 where that is not known. */
  private static long resident() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) return 0;
    String line = Files.readAllLines(status).stream().filter(each -> each.startsWith("VmRSS")).findFirst().orElse("0");
    return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
  }
}
