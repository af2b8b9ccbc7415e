package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final MemorySegment BODY = MemorySegment.ofArray(Bytes.BODY);

  @TempDir
  Path folder;

  private Path target() {
    return folder.resolve("out.safetensors");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  @Test
  void theBytesAreTheReferences() throws IOException {
    // What the reference writes for this tensor (test_serialization in tensor.rs): 64 bytes of header, no padding.
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("attn.0", DType.F32, 1, 2, 3).begin()) {
      writer.write("attn.0", MemorySegment.ofArray(new byte[24]));
      writer.finish();
    }
    String header = "{\"attn.0\":{\"dtype\":\"F32\",\"shape\":[1,2,3],\"data_offsets\":[0,24]}}";
    assertEquals(64, header.length());
    assertArrayEquals(Bytes.file(header, new byte[24]), Files.readAllBytes(target()));
  }

  @Test
  void spacesPadTheHeaderToEightBytes() throws IOException {
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).metadata("format", "pt").metadata("k", "a")
        .metadata("k", "\"é\n\u0001").tensor("a", DType.U8).begin()) {
      writer.write("a", MemorySegment.ofArray(new byte[] {7}));
      writer.finish();
    }
    String header = "{\"__metadata__\":{\"format\":\"pt\",\"k\":\"\\\"é\\n\\u0001\"},"
        + "\"a\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[0,1]}}";
    header += " ".repeat(8 - Bytes.utf8(header).length % 8);
    assertArrayEquals(Bytes.file(header, new byte[] {7}), Files.readAllBytes(target()));
  }

  @Test
  void dataBeginWhereTheyAreAskedTo() throws IOException {
    for (int alignment : new int[] {8, 64, 4096}) {
      try (SafetensorsWriter writer = SafetensorsWriter.to(target()).alignment(alignment).tensor("a", DType.U8, 3)
          .begin()) {
        writer.write("a", MemorySegment.ofArray(new byte[] {1, 2, 3}));
        writer.finish();
      }
      assertEquals(0, (Files.size(target()) - 3) % alignment);
    }
    for (int wrong : new int[] {0, 4, 24, 8192}) {
      assertThrows(IllegalArgumentException.class, () -> SafetensorsWriter.to(target()).alignment(wrong));
    }
  }

  @Test
  void aFileWithoutTensorsIsAHeader() throws IOException {
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).begin()) {
      writer.finish();
    }
    assertArrayEquals(Bytes.file("{}      ", new byte[0]), Files.readAllBytes(target()));
  }

  @Test
  void dataComeInPiecesOfAnyKind() throws IOException {
    float[] values = new float[700_000]; // more than the writer's buffer
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    MemorySegment all = MemorySegment.ofArray(values);
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("none", DType.F64, 0)
        .tensor("w", DType.F32, values.length).tensor("nor", DType.F64, 3, 0).tensor("b", DType.F32, 4).begin()) {
      for (long at = 0; at < all.byteSize(); at += 100_001) {
        writer.write("w", all.asSlice(at, Math.min(100_001, all.byteSize() - at)));
      }
      writer.write("b", BODY);
      writer.finish();
    }
    try (Safetensors file = Safetensors.open(target())) {
      assertEquals(List.of("none", "w", "nor", "b"), file.names());
      assertEquals(-1, file.data("w").mismatch(all));
      assertEquals(-1, file.data("b").mismatch(BODY));
    }
  }

  @Test
  void nothingIsLeftWithoutFinish() throws IOException {
    Bytes.write(target(), new byte[] {1, 2, 3});
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("a", DType.F32, 4).begin()) {
      assertEquals(2, files().size());
      writer.write("a", BODY);
    }
    assertEquals(List.of(target()), files());
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(target()));
  }

  @Test
  void anInterruptLeavesNothing() throws IOException {
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("a", DType.F32, 4).begin()) {
      writer.write("a", BODY);
      Thread.currentThread().interrupt();
      assertThrows(IOException.class, writer::finish);
      assertTrue(Thread.interrupted());
      assertThrows(IllegalStateException.class, writer::finish);
    }
    assertEquals(List.of(), files());
  }

  @Test
  void anOldFileIsReplacedAndItsReadersKeepIt() throws IOException {
    Bytes.write(target(), Bytes.file(Bytes.ONE, Bytes.BODY));
    try (Safetensors old = Safetensors.open(target())) {
      try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("new", DType.I8).begin()) {
        writer.write("new", MemorySegment.ofArray(new byte[1]));
        writer.finish();
      }
      old.requireUnchanged();
      assertArrayEquals(Bytes.BODY, old.data("a").toArray(ValueLayout.JAVA_BYTE));
    }
    assertEquals(List.of("new"), Safetensors.inspect(target()).names());
    assertEquals(List.of(target()), files());
  }

  @Test
  void dataMustFollowTheDeclaration() throws IOException {
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("a", DType.F32, 2).tensor("b", DType.F32, 4)
        .begin()) {
      assertThrows(IllegalArgumentException.class, () -> writer.write("b", BODY));
      assertThrows(IllegalArgumentException.class, () -> writer.write("a", BODY));
      assertThrows(IllegalStateException.class, writer::finish);
      writer.write("a", BODY.asSlice(0, 8));
      writer.write("a", MemorySegment.NULL);
      writer.write("b", BODY.asSlice(0, 12));
      assertThrows(IllegalArgumentException.class, () -> writer.write("a", BODY.asSlice(0, 4)));
      IllegalStateException error = assertThrows(IllegalStateException.class, writer::finish);
      assertEquals("tensor \"b\" has 12 of 16 bytes", error.getMessage());
      writer.write("b", BODY.asSlice(12));
      assertThrows(IllegalArgumentException.class, () -> writer.write("c", BODY));
      writer.finish();
      assertThrows(IllegalStateException.class, writer::finish);
    }
    assertEquals(2, Safetensors.inspect(target()).tensors().size());
  }

  @Test
  void declarationsAreChecked() {
    SafetensorsWriter.Builder builder = SafetensorsWriter.to(target()).tensor("a", DType.F32, 2);
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("a", DType.F32, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("__metadata__", DType.F32, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("\ud800", DType.F32, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("b", DType.F32, -2));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("b", DType.F4, 3));
    assertThrows(IllegalArgumentException.class, () -> builder.tensor("b", DType.F32, 1L << 62, 8));
    assertThrows(IllegalArgumentException.class, () -> builder.metadata("\udc00", ""));
    assertThrows(IllegalArgumentException.class, () -> builder.metadata("", "\udc00"));
  }

  @Test
  void whatCouldNotBeReadIsNotWritten() throws IOException {
    long[] shape = new long[TensorEntry.MAX_RANK + 1];
    SafetensorsWriter.Builder deep = SafetensorsWriter.to(target()).tensor("a", DType.F32, shape);
    assertThrows(SafetensorsException.class, () -> deep.begin().close());
    SafetensorsWriter.Builder huge = SafetensorsWriter.to(target());
    for (int i = 0; i < 9; i++) {
      huge.tensor("t" + i, DType.U8, (1L << 60) - 1);
    }
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> huge.begin().close());
    assertEquals("t7", error.tensor());
    assertEquals(List.of(), files());
  }

  @Test
  void placesThatCannotBeWrittenAreRefused() throws IOException {
    SafetensorsWriter.Builder nowhere = SafetensorsWriter.to(folder.resolve("missing/out.safetensors"));
    assertThrows(NoSuchFileException.class, () -> nowhere.begin().close());
    SafetensorsWriter.Builder directory = SafetensorsWriter.to(folder);
    assertThrows(SafetensorsException.class, () -> directory.begin().close());
    assertEquals(List.of(), files());
  }

  @Test
  void sixteenBytesOfAnyDataArriveUnchanged() throws IOException {
    byte[] floats = Bytes.floats(Float.NaN, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE);
    try (SafetensorsWriter writer = SafetensorsWriter.to(target()).tensor("a", DType.F32, 4).begin()) {
      writer.write("a", MemorySegment.ofArray(floats));
      writer.finish();
    }
    try (Safetensors file = Safetensors.open(target())) {
      assertArrayEquals(floats, file.data("a").toArray(ValueLayout.JAVA_BYTE));
    }
  }
}
