package dev.sextant.safetensors;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the headers of a file, or of all shards of a model, say: tensors and metadata, without the data. Immutable. */
public final class Catalog {
  private final List<Header> headers;
  private final List<TensorInfo> tensors;
  private final Map<String, TensorInfo> byName;
  private final Map<String, String> metadata;

  Catalog(List<Header> headers) {
    this.headers = List.copyOf(headers);
    this.tensors = tensors(headers);
    this.byName = byName(headers);
    this.metadata = metadata(headers);
  }

  private static List<TensorInfo> tensors(List<Header> headers) {
    if (headers.size() == 1) {
      return headers.getFirst().tensors();
    }
    List<TensorInfo> all = new ArrayList<>();
    headers.forEach(header -> all.addAll(header.tensors()));
    return Collections.unmodifiableList(all);
  }

  private static Map<String, TensorInfo> byName(List<Header> headers) {
    if (headers.size() == 1) {
      return headers.getFirst().byName();
    }
    Map<String, TensorInfo> all = new HashMap<>();
    headers.forEach(header -> all.putAll(header.byName()));
    return all;
  }

  private static Map<String, String> metadata(List<Header> headers) {
    Map<String, String> all = new LinkedHashMap<>();
    headers.forEach(header -> header.metadata().forEach(all::putIfAbsent));
    return Collections.unmodifiableMap(all);
  }

  /** The files, shards in the order of their names. Unmodifiable. */
  public List<Path> files() {
    return headers.stream().map(Header::file).toList();
  }

  /** All tensors, file by file, in the order in which their data lie. Unmodifiable. */
  public List<TensorInfo> tensors() {
    return tensors;
  }

  /** The names of {@link #tensors()}, in their order. */
  public List<String> names() {
    return tensors.stream().map(TensorInfo::name).toList();
  }

  /** Whether there is a tensor of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * Type, shape and place of a tensor.
   *
   * @throws SafetensorsException if there is none of that name
   */
  public TensorInfo info(String name) {
    @Nullable
    TensorInfo tensor = byName.get(name);
    if (tensor == null) {
      throw SafetensorsException.in(headers.getFirst().file(), name,
          "there is none of that name among " + tensors.size() + " in " + headers.size() + " file(s)");
    }
    return tensor;
  }

  /**
   * The {@code __metadata__} of the files, in the order of the header. Where shards give one key different values, the
   * first shard's; {@link #metadata(Path)} tells them apart. Unmodifiable.
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The {@code __metadata__} of one of the {@link #files()}. Unmodifiable.
   *
   * @throws IllegalArgumentException if the file is none of them
   */
  public Map<String, String> metadata(Path file) {
    return headers.stream().filter(header -> header.file().equals(file)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(file + " is none of " + files())).metadata();
  }

  List<Header> headers() {
    return headers;
  }
}
