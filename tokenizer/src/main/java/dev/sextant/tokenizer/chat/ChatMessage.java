package dev.sextant.tokenizer.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as the names and values that a template reads: {@code role}, {@code content} and, where
 * the model knows them, {@code tool_calls}, {@code tool_call_id}, {@code name}, {@code reasoning_content} and others.
 * Immutable; values are texts, numbers, truth values, null, lists, and maps with texts for keys.
 *
 * @param fields by name, in the order they are given; {@code role} is among them
 */
public record ChatMessage(Map<String, @Nullable Object> fields) {

  /**
   * A message of any fields.
   *
   * @throws IllegalArgumentException if {@code role} is missing or no text
   */
  public ChatMessage {
    if (!(fields.get("role") instanceof String)) {
      throw new IllegalArgumentException("a message needs a text for 'role', found " + fields.get("role"));
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** What the model is told before the conversation. */
  public static ChatMessage system(String content) {
    return of("system", content);
  }

  /** What the user says. */
  public static ChatMessage user(String content) {
    return of("user", content);
  }

  /** What the model says. */
  public static ChatMessage assistant(String content) {
    return of("assistant", content);
  }

  /**
   * The model's calls of tools.
   *
   * @param content what it says besides; null, the usual value, for nothing
   */
  public static ChatMessage assistant(@Nullable String content, List<ToolCall> calls) {
    List<Object> toolCalls = new ArrayList<>();
    calls.forEach(call -> toolCalls.add(call.fields()));
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", "assistant");
    fields.put("content", content);
    fields.put("tool_calls", List.copyOf(toolCalls));
    return new ChatMessage(fields);
  }

  /**
   * What a tool gave.
   *
   * @param callId the {@link ToolCall#id()} that it answers
   */
  public static ChatMessage tool(String name, String callId, String content) {
    return of("tool", content).with("name", name).with("tool_call_id", callId);
  }

  /** A message of any role. */
  public static ChatMessage of(String role, String content) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("role", role);
    fields.put("content", Objects.requireNonNull(content));
    return new ChatMessage(fields);
  }

  /** The same message with one more field, or another value for one it has. */
  public ChatMessage with(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new ChatMessage(more);
  }

  /** Who speaks. */
  public String role() {
    return (String) Objects.requireNonNull(fields.get("role"));
  }
}
