package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader and a second, naive statement of the rules agree on mutated files. 20 000 at each build; to run more, set
 * the system property {@code sextant.mutants} to the number for each seed.
 */
class DifferentialTest {
  private static final int MUTANTS = Integer.getInteger("sextant.mutants", 5000);

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readerAndJudgeAgree(long seed) throws IOException {
    Mutants mutants = new Mutants(seed);
    int legal = 0;
    for (int k = 0; k < MUTANTS; k++) {
      byte[] bytes = mutants.next();
      boolean accepted = opens(bytes, folder.resolve("mutant-" + k));
      legal += accepted ? 1 : 0;
      assertEquals(NaiveJudge.accepts(bytes), accepted,
          () -> "reader accepts: " + accepted + ", " + new String(bytes, StandardCharsets.ISO_8859_1));
    }
    double share = (double) legal / MUTANTS;
    assertTrue(share > 0.1 && share < 0.5, () -> share + " of the mutants are legal: one side is hardly tested");
  }

  private static boolean opens(byte[] bytes, Path path) throws IOException {
    Files.write(path, bytes); // a new file each time: overwriting one makes some disks wait
    try {
      Safetensors.inspect(path);
      return true;
    } catch (SafetensorsException e) {
      return false;
    } finally {
      Files.delete(path);
    }
  }
}
