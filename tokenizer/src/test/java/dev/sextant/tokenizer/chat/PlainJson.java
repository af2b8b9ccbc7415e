package dev.sextant.tokenizer.chat;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON as the plain values that a template is given. */
final class PlainJson {
  private PlainJson() {}

  static Json resource(String name) {
    return JsonInput.read(path(name));
  }

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(PlainJson.class.getResource("/chat/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static @Nullable Object of(Json json) {
    return switch (json.value()) {
      case null -> null;
      case Map<?, ?> members -> map(json);
      case List<?> items -> list(json);
      default -> json.value();
    };
  }

  static List<@Nullable Object> list(Json json) {
    List<@Nullable Object> list = new ArrayList<>();
    json.list().forEach(item -> list.add(of(item)));
    return list;
  }

  static Map<String, @Nullable Object> map(Json json) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    json.names().forEach(name -> map.put(name, of(json.get(name))));
    return map;
  }

  static List<Map<String, @Nullable Object>> maps(Json json) {
    return json.list().stream().map(PlainJson::map).toList();
  }
}
