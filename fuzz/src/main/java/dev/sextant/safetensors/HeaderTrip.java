package dev.sextant.safetensors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a header says when it is written and read without a file; lies in this package since only it has headers without one.
 *
 * @param names of the tensors
 * @param metadata free text by key
 */
public record HeaderTrip(List<String> names, Map<String, String> metadata) {
  private static final Path NOWHERE = Path.of("model.safetensors");

  /** A header with one tensor of no bytes, and one free text. */
  public static HeaderTrip of(String name, String key, String value) throws IOException {
    Map<String, WrittenHeader.Declared> tensors = Map.of(name, new WrittenHeader.Declared(DType.U8, new long[] {0}));
    byte[] bytes = WrittenHeader.of(NOWHERE, Map.of(key, value), tensors, WrittenHeader.ALIGNMENT).bytes();
    int prefix = HeaderReader.PREFIX;
    Header header = StrictJson.parse(NOWHERE, "the header",
        new ByteArrayInputStream(bytes, prefix, bytes.length - prefix),
        json -> new HeaderParser(json, NOWHERE, bytes.length, bytes.length).read());
    return new HeaderTrip(header.tensors().stream().map(TensorInfo::name).toList(), header.metadata());
  }
}
