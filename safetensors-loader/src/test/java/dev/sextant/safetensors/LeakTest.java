package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux says this process holds of the folder: mappings and file handles. */
class LeakTest {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Path HANDLES = Path.of("/proc/self/fd");

  @TempDir
  Path folder;

  @BeforeEach
  void write() {
    assumeTrue(Files.isReadable(MAPS) && Files.isDirectory(HANDLES), "no /proc here");
    StringBuilder map = new StringBuilder();
    for (int i = 1; i <= 3; i++) {
      String tensor = Bytes.ONE.replace("\"a\"", "\"a" + i + "\"");
      Bytes.write(folder.resolve("part-" + i), Bytes.file(tensor, Bytes.BODY));
      map.append(i == 1 ? "" : ",").append("\"a%d\":\"part-%d\"".formatted(i, i));
    }
    Bytes.write(folder.resolve(Location.INDEX), Bytes.utf8("{\"weight_map\":{" + map + "}}"));
  }

  /** Mappings and open files below the folder. */
  private List<String> held() throws IOException {
    List<String> held = new ArrayList<>(Files.readAllLines(MAPS));
    try (Stream<Path> handles = Files.list(HANDLES)) {
      handles.forEach(handle -> held.add(target(handle)));
    }
    return held.stream().filter(line -> line.contains(folder.toString())).toList();
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (java.nio.file.NoSuchFileException e) { // the handle that listed the folder
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void closingGivesEverythingBack() throws IOException {
    for (int i = 0; i < 100; i++) {
      try (Safetensors model = Safetensors.open(folder)) {
        assertEquals(6, held().size(), "three mappings and three handles");
        assertEquals(3, model.names().size());
      }
      assertEquals(List.of(), held());
    }
  }

  @Test
  void inspectingHoldsNothing() throws IOException {
    Safetensors.inspect(folder);
    assertEquals(List.of(), held());
  }

  @Test
  void openingThatFailsGivesEverythingBack() throws IOException {
    Path third = folder.resolve("part-3");
    byte[] whole = Files.readAllBytes(third);
    for (int length = 0; length < whole.length; length++) {
      Bytes.write(third, java.util.Arrays.copyOf(whole, length));
      assertThrows(SafetensorsException.class, () -> Safetensors.open(folder).close());
      assertThrows(SafetensorsException.class, () -> Safetensors.inspect(folder));
    }
    Files.delete(third);
    assertThrows(SafetensorsException.class, () -> Safetensors.open(folder).close());
    assertEquals(List.of(), held());
  }

  @Test
  void openingThatFailsAfterAllHeadersGivesEverythingBack() throws IOException {
    Path third = folder.resolve("part-3");
    Bytes.write(third, Bytes.file(Bytes.ONE, Bytes.BODY));
    assertThrows(SafetensorsException.class, () -> Safetensors.open(folder).close());
    assertEquals(List.of(), held());
  }

  @Test
  void mappingThatFailsMidwayUnmapsWhatWasMapped() throws IOException {
    List<TensorFile> files = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      files.add(TensorFile.open(folder.resolve("part-" + i), HeaderReader.MAX_LENGTH));
    }
    Catalog catalog = new Catalog(files.stream().map(TensorFile::header).toList());
    Bytes.write(folder.resolve("part-3"), new byte[9]);
    assertThrows(SafetensorsException.class, () -> Safetensors.map(catalog, files).close());
    for (TensorFile file : files) {
      file.close();
    }
    assertEquals(List.of(), held());
  }

  @Test
  void anInterruptDoesNotEndOpening() throws IOException {
    Thread.currentThread().interrupt();
    Safetensors.open(folder).close();
    assertEquals(true, Thread.interrupted());
    assertEquals(List.of(), held());
  }
}
