package dev.sextant.tokenizer.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a tool by the model.
 *
 * @param id names the call; some models ask for nine letters and digits
 * @param name of the tool
 * @param arguments by name, with plain values
 */
public record ToolCall(String id, String name, Map<String, @Nullable Object> arguments) {
  public ToolCall { arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments)); }

  /** As templates read it. */
  Map<String, Object> fields() {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put("arguments", arguments);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id);
    fields.put("type", "function");
    fields.put("function", function);
    return fields;
  }
}
