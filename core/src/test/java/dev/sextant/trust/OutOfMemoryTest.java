package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import dev.sextant.Model;
import dev.sextant.safetensors.Safetensors;
import dev.sextant.testing.Folders;
import dev.sextant.tokenizer.Tokenizer;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    Path out = temporary.resolve("out");
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx24m",
        "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector", "-cp", classPath(), OutOfMemory.class.getName(),
        small.toString(), large.toString()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int status = process.waitFor();
    String told = Files.readString(out);
    assertTrue(status == 0 && told.endsWith("survived\n"), () -> "status " + status + ": " + told);
  }

  private static void writeVocabulary(Path file, int tokens) throws IOException {
    try (BufferedWriter json = Files.newBufferedWriter(file)) {
      json.write("{\"model\":{\"type\":\"BPE\",\"merges\":[],\"vocab\":{\"a\":0");
      for (int i = 1; i < tokens; i++) json.write(",\"token number " + i + "\":" + i);
      json.write("}}}");
    }
  }

  private static String classPath() throws URISyntaxException {
    Set<String> places = new LinkedHashSet<>();
    for (Class<?> one : List.of(OutOfMemory.class, Model.class, Safetensors.class, Tokenizer.class, JsonParser.class))
      places.add(Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    return String.join(File.pathSeparator, places);
  }
}
