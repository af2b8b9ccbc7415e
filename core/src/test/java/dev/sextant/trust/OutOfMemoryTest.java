package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.testing.Folders;
import dev.sextant.testing.OwnMachine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A heap that is full, in a virtual machine of its own. */
@Timeout(180)
class OutOfMemoryTest {
  @TempDir
  Path temporary;

  @Test
  void isAnErrorOfOursAndSpoilsNothing() throws Exception {
    Path small = Folders.withTokenizer(temporary.resolve("small"));
    Path large = Folders.withTokenizer(temporary.resolve("large"));
    writeVocabulary(large.resolve("tokenizer.json"), 1_000_000);
    OwnMachine.Ended ended = OwnMachine.run(OutOfMemory.class, List.of("-Xmx24m", "-XX:+UseSerialGC"),
        temporary.resolve("out"), small.toString(), large.toString());
    assertTrue(ended.status() == 0 && ended.told().endsWith("survived\n"), ended::toString);
  }

  private static void writeVocabulary(Path file, int tokens) throws IOException {
    try (BufferedWriter json = Files.newBufferedWriter(file)) {
      json.write("{\"model\":{\"type\":\"BPE\",\"merges\":[],\"vocab\":{\"a\":0");
      for (int i = 1; i < tokens; i++) json.write(",\"token number " + i + "\":" + i);
      json.write("}}}");
    }
  }
}
