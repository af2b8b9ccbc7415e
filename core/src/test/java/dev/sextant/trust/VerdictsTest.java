package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.testing.OwnMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The generated corpus of malformed files ({@code SEXTANT_FAULTS}) in a virtual machine with a heap of 256 MB. The figures are
 * written to {@code target/verdicts.txt}.
 */
@EnabledIf(value = "theCorpusIsThere", disabledReason = "set SEXTANT_FAULTS to the generated corpus of malformed files")
class VerdictsTest {
  private static final @Nullable String CORPUS = System.getProperty("sextant.faults", System.getenv("SEXTANT_FAULTS"));
  private static final Pattern COLLECTION = Pattern.compile(" (\\d+)M->\\d+M\\(");

  @TempDir
  Path temporary;

  static boolean theCorpusIsThere() {
    return CORPUS != null;
  }

  @Test
  @Timeout(600)
  void areRightWithinASecondAndAHeapOf256Megabytes() throws Exception {
    Path log = temporary.resolve("gc.log");
    OwnMachine.Ended ended = OwnMachine.run(Verdicts.class,
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-Xlog:gc:file=" + log + "::filecount=0"), temporary.resolve("out"),
        String.valueOf(CORPUS));
    String figures = ended.told() + "most heap in use " + mostHeap(log) + " MiB, garbage included\n";
    System.out.print(figures);
    if (Files.isDirectory(Path.of("target"))) Files.writeString(Path.of("target/verdicts.txt"), figures);
    assertEquals(0, ended.status(), figures);
  }

  /** MiB in use when some collection began: between two of them there never are more. */
  private static int mostHeap(Path log) throws IOException {
    return COLLECTION.matcher(Files.readString(log)).results().mapToInt(found -> Integer.parseInt(found.group(1))).max()
        .orElseThrow();
  }
}
