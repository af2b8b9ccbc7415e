package dev.sextant.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The beginning of a file to be written.
 *
 * @param bytes header length, JSON, and spaces, so that the data begin aligned
 * @param tensors in the order of their data
 */
record WrittenHeader(byte[] bytes, List<TensorInfo> tensors) {
  /** The reference's. */
  static final int ALIGNMENT = 8;
  private static final long MAX_DATA = Long.MAX_VALUE - HeaderReader.PREFIX - HeaderReader.MAX_LENGTH;

  /** A tensor that is to come. */
  record Declared(DType dtype, long[] shape) {}

  /** @param alignment what the data begin at a multiple of, in bytes; a power of two from 8 on */
  static WrittenHeader of(Path target, Map<String, String> metadata, Map<String, Declared> tensors, int alignment)
      throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    long dataSize;
    try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
      generator.writeStartObject();
      writeMetadata(generator, metadata);
      dataSize = writeTensors(target, generator, tensors);
      generator.writeEndObject();
    }
    byte[] padding = " ".repeat(-(HeaderReader.PREFIX + json.size()) & (alignment - 1))
        .getBytes(StandardCharsets.US_ASCII);
    json.writeBytes(padding);
    byte[] header = json.toByteArray();
    return new WrittenHeader(withLength(header), readBack(target, header, dataSize));
  }

  private static void writeMetadata(JsonGenerator json, Map<String, String> metadata) throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(HeaderParser.METADATA);
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  /** Returns the bytes that all data take. */
  private static long writeTensors(Path target, JsonGenerator json, Map<String, Declared> tensors) throws IOException {
    long at = 0;
    for (Map.Entry<String, Declared> entry : tensors.entrySet()) {
      Declared tensor = entry.getValue();
      long size = tensor.dtype().byteSize(tensor.shape());
      if (size > MAX_DATA - at) {
        throw SafetensorsException.in(target, entry.getKey(), "with its data the file would pass 2^63 - 1 bytes");
      }
      json.writeObjectFieldStart(entry.getKey());
      json.writeStringField("dtype", tensor.dtype().name());
      json.writeFieldName("shape");
      json.writeArray(tensor.shape(), 0, tensor.shape().length);
      json.writeFieldName("data_offsets");
      json.writeArray(new long[] {at, at + size}, 0, 2);
      json.writeEndObject();
      at += size;
    }
    return at;
  }

  /** What a reader will make of the header: so that nothing is written that cannot be read. */
  private static List<TensorInfo> readBack(Path target, byte[] header, long dataSize) throws IOException {
    if (header.length > HeaderReader.MAX_LENGTH) {
      throw SafetensorsException.in(target,
          "the header would take " + header.length + " bytes; at most " + HeaderReader.MAX_LENGTH + " are allowed");
    }
    long dataStart = HeaderReader.PREFIX + header.length;
    return StrictJson.parse(target, "the header", new ByteArrayInputStream(header),
        json -> new HeaderParser(json, target, dataStart, dataStart + dataSize).read()).tensors();
  }

  private static byte[] withLength(byte[] header) {
    return ByteBuffer.allocate(HeaderReader.PREFIX + header.length).order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length).put(header).array();
  }
}
