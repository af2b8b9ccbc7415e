package dev.sextant.safetensors;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of an index. Of its fields only {@code weight_map} has meaning here; the rest is information. */
final class ShardIndexParser {
  static final String WEIGHT_MAP = "weight_map";
  /** More tensors than a header within its limit can describe. */
  static final int MAX_TENSORS = 4_000_000;

  private final StrictJson json;
  private final Path index;
  private final Map<String, Path> files = new HashMap<>(); // each shard is named once for every tensor in it
  private final Map<String, String> byCase = new HashMap<>();

  ShardIndexParser(StrictJson json, Path index) {
    this.json = json;
    this.index = index;
  }

  /** The file of each tensor. */
  Map<String, Path> read() throws IOException {
    json.requireObject("the index");
    @Nullable
    Map<String, Path> shards = null;
    Set<String> fields = new HashSet<>();
    for (String field = json.nextName(); field != null; field = json.nextName()) {
      if (!fields.add(field)) {
        throw json.fail("the index gives " + Text.quote(field) + " twice");
      }
      if (field.equals(WEIGHT_MAP)) {
        shards = weightMap();
      } else {
        json.skip();
      }
    }
    if (shards == null || shards.isEmpty()) {
      throw json.fail("the index has no " + (shards == null ? WEIGHT_MAP : "tensors in its " + WEIGHT_MAP));
    }
    return shards;
  }

  private Map<String, Path> weightMap() throws IOException {
    json.requireObject(WEIGHT_MAP);
    Map<String, Path> shards = new HashMap<>();
    for (String tensor = json.nextName(); tensor != null; tensor = json.nextName()) {
      json.about(tensor);
      String shard = json.text(WEIGHT_MAP + " must name a file; it");
      if (shards.put(tensor, files.computeIfAbsent(shard, this::inFolder)) != null) {
        throw json.fail("listed twice in " + WEIGHT_MAP);
      }
      if (shards.size() > MAX_TENSORS) {
        throw json.fail(WEIGHT_MAP + " lists more than " + MAX_TENSORS + " tensors");
      }
    }
    json.about(null);
    return shards;
  }

  /** Only plain names below the folder of the index: nothing else is even looked at. */
  private Path inFolder(String shard) {
    requireDistinct(shard);
    for (String part : shard.split("[/\\\\]", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw outside(shard);
      }
    }
    try {
      Path relative = Path.of(shard);
      if (relative.isAbsolute() || relative.getRoot() != null) {
        throw outside(shard);
      }
      return index.resolveSibling(relative);
    } catch (InvalidPathException e) {
      throw json.fail("shard name " + Text.quote(shard) + " is no file name: " + e.getReason());
    }
  }

  /** Two names that some disks take for one: in other letters' case, or with accents composed otherwise. */
  private void requireDistinct(String shard) {
    String folded = Normalizer.normalize(shard, Normalizer.Form.NFC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    String other = byCase.put(folded, shard);
    if (other != null) {
      throw json.fail("shard names " + Text.quote(other) + " and " + Text.quote(shard)
          + " differ in upper and lower case only; on some disks they are one file");
    }
  }

  private SafetensorsException outside(String shard) {
    return json.fail("shard name " + Text.quote(shard)
        + " must name a file in the folder of the index, without '.', '..' or empty parts");
  }
}
