package dev.sextant.tokenizer.chat.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one value that a template can change: {@code {% set ns.found = true %}}. */
final class Namespace {
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  void put(String name, Object value) {
    if (name.startsWith("_")) {
      throw new Failure("a namespace holds no attribute that begins with an underscore, such as '" + name + "'");
    }
    attributes.put(name, value);
  }

  Map<String, Object> attributes() {
    return attributes;
  }
}
