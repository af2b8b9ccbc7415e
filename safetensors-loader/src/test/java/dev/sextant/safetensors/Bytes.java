package dev.sextant.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files made by hand, right and wrong. */
final class Bytes {
  /** The header of one F32 tensor "a" of shape [2, 2]. */
  static final String ONE = """
    {"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""";
  /** Its data. */
  static final byte[] BODY = floats(1, 2, 3, 4);

  private Bytes() {}

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Length, header, body. */
  static byte[] file(String header, byte[] body) {
    return file(utf8(header), body);
  }

  static byte[] file(byte[] header, byte[] body) {
    return file(header.length, header, body);
  }

  /** With a header length that need not be the true one. */
  static byte[] file(long claimed, byte[] header, byte[] body) {
    return ByteBuffer.allocate(8 + header.length + body.length).order(ByteOrder.LITTLE_ENDIAN)
        .putLong(claimed).put(header).put(body).array();
  }

  /** One tensor "blk.7.wq" with this entry, before the data of four floats. */
  static byte[] entry(String json) {
    return file("{\"blk.7.wq\":" + json + "}", BODY);
  }

  static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
