package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offsets beyond 2^32, in a file of 5 GiB that is nearly all hole. */
class LargeFileTest {
  private static final long BIG = 5L << 30;

  @TempDir
  Path folder;

  private Path sparse(long bodySize) throws IOException {
    assumeTrue(Files.getFileStore(folder).getUsableSpace() > BIG + (1L << 30), "less than 6 GiB free");
    String header = """
      {"big":{"dtype":"U8","shape":[%d],"data_offsets":[0,%d]},
      "last":{"dtype":"F32","shape":[4],"data_offsets":[%d,%d]}}"""
        .formatted(BIG, BIG, BIG, BIG + 16);
    byte[] start = Bytes.file(header, new byte[0]);
    Path path = folder.resolve("sparse.safetensors");
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE,
        StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(start), 0);
      channel.write(ByteBuffer.wrap(Bytes.BODY), start.length + bodySize - 16);
    } catch (IOException e) {
      assumeTrue(false, "the disk takes no file of 5 GiB: " + e);
    }
    return path;
  }

  @Test
  void tensorsBeyondFourGibibytesAreRight() throws IOException {
    try (Safetensors file = Safetensors.open(sparse(BIG + 16))) {
      assertArrayEquals(Bytes.BODY, file.data("last").toArray(ValueLayout.JAVA_BYTE));
      MemorySegment big = file.data("big");
      assertEquals(BIG, big.byteSize());
      assertEquals(0, big.get(ValueLayout.JAVA_BYTE, BIG - 1));
      file.requireUnchanged();
    }
  }

  @Test
  void aCutIsNotHiddenByItsSizeModulo() throws IOException {
    Path cut = sparse(BIG + 16 - (1L << 32));
    SafetensorsException error = assertThrows(SafetensorsException.class, () -> Safetensors.open(cut).close());
    assertEquals("big", error.tensor());
  }
}
