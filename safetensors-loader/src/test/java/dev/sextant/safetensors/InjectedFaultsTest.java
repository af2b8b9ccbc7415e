package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The header of a file that reads short, fails at any call, or ends anywhere. */
class InjectedFaultsTest {
  @TempDir
  Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void write() {
    file = Bytes.write(folder.resolve("f"), Bytes.file("{\"__metadata__\":{\"n\":\"é\"}," + Bytes.ONE.substring(1),
        Bytes.BODY));
  }

  @Test
  void shortReadsGiveTheSame() throws IOException {
    try (FaultyFile faulty = new FaultyFile(file, 0)) {
      Header header = HeaderReader.read(file, faulty, HeaderReader.MAX_LENGTH);
      assertEquals(Map.of("n", "é"), header.metadata());
      assertEquals("a", header.tensors().getFirst().name());
      assertTrue(faulty.calls() > 50, "in many pieces");
    }
  }

  @Test
  void everyCallMayFail() throws IOException {
    int calls;
    try (FaultyFile faulty = new FaultyFile(file, 0)) {
      HeaderReader.read(file, faulty, HeaderReader.MAX_LENGTH);
      calls = faulty.calls();
    }
    for (int failing = 1; failing <= calls; failing++) {
      try (FaultyFile faulty = new FaultyFile(file, failing)) {
        IOException error = assertThrows(IOException.class,
            () -> HeaderReader.read(file, faulty, HeaderReader.MAX_LENGTH));
        assertEquals("injected", error.getMessage());
      }
    }
  }

  @Test
  void everyEndIsTooEarly() throws IOException {
    byte[] whole = Bytes.file(Bytes.ONE, Bytes.BODY);
    for (int length = 0; length < whole.length; length++) {
      Path cut = Bytes.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      try (FaultyFile faulty = new FaultyFile(cut, 0)) {
        SafetensorsException error = assertThrows(SafetensorsException.class,
            () -> HeaderReader.read(cut, faulty, HeaderReader.MAX_LENGTH));
        assertTrue(String.valueOf(error.getMessage()).contains("cut"), error::getMessage);
      }
    }
  }
}
