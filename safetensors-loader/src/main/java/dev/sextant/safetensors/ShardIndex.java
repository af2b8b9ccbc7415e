package dev.sextant.safetensors;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The index of a model split into shards: which tensor lies in which file.
 *
 * @param file the index itself; the shards lie in its folder or below
 * @param shards by tensor name the file that shall hold it
 */
record ShardIndex(Path file, Map<String, Path> shards) {
  /** A longer index is refused; it holds one short line for each tensor. */
  static final long MAX_LENGTH = HeaderReader.MAX_LENGTH;

  /** @param most bytes that the index may have, at most {@link #MAX_LENGTH} */
  static ShardIndex read(Path file, long most) throws IOException {
    try (RandomAccessFile bytes = RegularFile.open(file)) {
      if (bytes.length() > MAX_LENGTH) {
        throw SafetensorsException.in(file,
            "the index has " + bytes.length() + " bytes; at most " + MAX_LENGTH + " are allowed");
      }
      if (bytes.length() > most) throw new HeaderLimitException(file, "an index", bytes.length(), most);
      return StrictJson.parse(file, "the index", new FileSection(bytes, bytes.length()),
          json -> new ShardIndex(file, new ShardIndexParser(json, file).read()));
    }
  }

  /** The shards, each once, in the order of their names. */
  List<Path> files() {
    return List.copyOf(new TreeSet<>(shards.values()));
  }

  /** Checks that each shard holds the tensors promised of it and no others. */
  void check(List<Header> headers) {
    Map<String, Path> missing = new HashMap<>(shards);
    for (Header header : headers) {
      for (TensorInfo tensor : header.tensors()) {
        check(tensor);
        missing.remove(tensor.name());
      }
    }
    if (!missing.isEmpty()) {
      String first = new TreeSet<>(missing.keySet()).getFirst();
      throw SafetensorsException.in(file, first, "promised in " + shown(shards.get(first)) + " and not there; "
          + missing.size() + " of " + shards.size() + " tensors are missing");
    }
  }

  private void check(TensorInfo tensor) {
    Path promised = shards.get(tensor.name());
    if (promised == null) {
      throw SafetensorsException.in(file, tensor.name(), "lies in " + shown(tensor.file()) + " and is not listed");
    }
    if (!promised.equals(tensor.file())) {
      throw SafetensorsException.in(file, tensor.name(),
          "promised in " + shown(promised) + ", lies in " + shown(tensor.file()));
    }
  }

  private static String shown(Path shard) {
    return Text.quote(String.valueOf(shard.getFileName()));
  }
}
