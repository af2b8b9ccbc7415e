package dev.sextant.safetensors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of one header: the metadata, and the tensors, each checked by itself and all against the file. */
final class HeaderParser {
  static final String METADATA = "__metadata__";
  /** More entries than any file has use for; a header could hold ten million. */
  static final int MAX_METADATA = 100_000;

  private final StrictJson json;
  private final Path file;
  private final long dataStart;
  private final long fileSize;
  private final List<TensorInfo> tensors = new ArrayList<>();
  private final Map<String, TensorInfo> byName = new HashMap<>();
  private Map<String, String> metadata = Map.of();
  private boolean metadataSeen;

  /** @param dataStart byte of the file at which the header ends and the data begin */
  HeaderParser(StrictJson json, Path file, long dataStart, long fileSize) {
    this.json = json;
    this.file = file;
    this.dataStart = dataStart;
    this.fileSize = fileSize;
  }

  Header read() throws IOException {
    json.requireObject("the header");
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (name.equals(METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
    }
    DataLayout.check(file, tensors, dataStart, fileSize);
    return new Header(file, fileSize, metadata, Collections.unmodifiableList(tensors),
        Collections.unmodifiableMap(byName));
  }

  private void readTensor(String name) throws IOException {
    json.about(name);
    TensorInfo tensor = new TensorEntry(json).read(name, file, dataStart, fileSize);
    if (byName.put(name, tensor) != null) {
      throw json.fail("the header gives it twice");
    }
    tensors.add(tensor);
    json.about(null);
  }

  private void readMetadata() throws IOException {
    if (metadataSeen) {
      throw json.fail("the header gives " + METADATA + " twice");
    }
    metadataSeen = true;
    metadata = metadata();
  }

  /** Text by key; null, which files in the wild have, counts as absent. */
  private Map<String, String> metadata() throws IOException {
    if (json.isNull()) {
      return Map.of();
    }
    json.requireObject(METADATA);
    Map<String, String> entries = new LinkedHashMap<>();
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      if (entries.put(key, json.text(METADATA + " value of " + Text.quote(key))) != null) {
        throw json.fail(METADATA + " gives " + Text.quote(key) + " twice");
      }
      if (entries.size() > MAX_METADATA) {
        throw json.fail(METADATA + " has more than " + MAX_METADATA + " entries");
      }
    }
    return Collections.unmodifiableMap(entries);
  }
}
