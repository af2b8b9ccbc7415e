package dev.sextant.safetensors;

import static dev.sextant.safetensors.Bytes.BODY;
import static dev.sextant.safetensors.Bytes.ONE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening, reading, changing under the map, closing. */
class SafetensorsTest {
  @TempDir
  Path folder;
  private Path path = Path.of("");

  @BeforeEach
  void write() {
    path = Bytes.write(folder.resolve("one.safetensors"), Bytes.file(ONE, BODY));
  }

  @Test
  void dataAreAReadOnlyViewOfTheFile() throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      MemorySegment data = file.data("a");
      assertTrue(data.isReadOnly() && data.isMapped());
      assertEquals(16, data.byteSize());
      assertThrows(IllegalArgumentException.class, () -> data.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
      assertThrows(IndexOutOfBoundsException.class, () -> data.get(ValueLayout.JAVA_BYTE, 16));
      try (RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
        writer.seek(8 + ONE.length());
        writer.write(77);
      }
      assertEquals(77, data.get(ValueLayout.JAVA_BYTE, 0)); // seen through the map: nothing was copied
    }
  }

  @Test
  void anUnknownTensorIsNamed() throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      SafetensorsException error = assertThrows(SafetensorsException.class, () -> file.data("b\n"));
      assertEquals("b\n", error.tensor());
      assertEquals(path.toString(), error.file());
      assertTrue(String.valueOf(error.getMessage()).contains("\"b\\u000a\""), error::getMessage);
      assertFalse(file.contains("b\n"));
    }
  }

  @Test
  void inspectingReadsHeadersAlone() throws IOException {
    Catalog catalog = Safetensors.inspect(path);
    assertEquals(1, catalog.tensors().size());
    assertEquals(new TensorInfo("a", DType.F32, new long[] {2, 2}, 8 + ONE.length(), path), catalog.info("a"));
    assertEquals(Map.of(), catalog.metadata(path));
    assertThrows(IllegalArgumentException.class, () -> catalog.metadata(Path.of("other")));
  }

  @Test
  void afterClosingEverythingButTheHeadersFails() throws IOException {
    Safetensors file = Safetensors.open(path);
    MemorySegment data = file.data("a");
    file.close();
    file.close();
    assertThrows(IllegalStateException.class, () -> data.get(ValueLayout.JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, () -> file.data("a"));
    assertThrows(IllegalStateException.class, file::requireUnchanged);
    assertEquals(16, file.info("a").byteSize());
  }

  @Test
  void aFileThatShrinksOrGrowsIsNoticed() throws IOException {
    try (Safetensors file = Safetensors.open(path);
        RandomAccessFile writer = new RandomAccessFile(path.toFile(), "rw")) {
      file.requireUnchanged();
      long size = writer.length();
      writer.setLength(size - 1);
      SafetensorsException error = assertThrows(SafetensorsException.class, file::requireUnchanged);
      assertTrue(String.valueOf(error.getMessage()).contains("shrank from " + size + " to " + (size - 1)),
          error::getMessage);
      writer.setLength(size + 1);
      error = assertThrows(SafetensorsException.class, file::requireUnchanged);
      assertTrue(String.valueOf(error.getMessage()).contains("grew"), error::getMessage);
      writer.setLength(size);
      file.requireUnchanged();
    }
  }

  @Test
  void aDeletedOrReplacedFileStaysReadable() throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      Path other = Bytes.write(folder.resolve("other"), new byte[3]);
      Files.move(other, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      file.requireUnchanged();
      Files.delete(path);
      file.requireUnchanged();
      assertArrayEquals(BODY, file.data("a").toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void anInterruptDoesNotPoisonTheFile() throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      Thread.currentThread().interrupt();
      file.requireUnchanged();
      assertTrue(Thread.interrupted());
      file.requireUnchanged();
    }
  }

  @Test
  void checkingTheSizeIsCheap() throws IOException {
    try (Safetensors file = Safetensors.open(path)) {
      IntStream.range(0, 20_000).forEach(i -> file.requireUnchanged());
      long start = System.nanoTime();
      IntStream.range(0, 20_000).forEach(i -> file.requireUnchanged());
      long each = (System.nanoTime() - start) / 20_000;
      assertTrue(each < 50_000, () -> each + " ns a check"); // about 500; the bound only catches reading the file again
    }
  }

  @Test
  void manyThreadsCloseOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 50; round++) {
        Safetensors file = Safetensors.open(path);
        Stream<Future<?>> closing = IntStream.range(0, 8).mapToObj(i -> threads.submit(file::close));
        for (Future<?> each : closing.toList()) {
          each.get();
        }
        assertThrows(IllegalStateException.class, () -> file.data("a"));
      }
    }
  }
}
