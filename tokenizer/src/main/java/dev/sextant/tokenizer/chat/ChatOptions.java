package dev.sextant.tokenizer.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a template is told besides the messages. Immutable.
 *
 * @param addGenerationPrompt whether the prompt ends with what begins the model's answer
 * @param tools the tools that the model may call, each a JSON schema as maps and lists; null for none
 * @param documents that the model may draw on, each with a title and a text; null for none
 * @param variables more variables, such as {@code enable_thinking}; they go before those of the model and before
 *     {@code tools} and the like
 */
public record ChatOptions(boolean addGenerationPrompt, @Nullable List<Map<String, @Nullable Object>> tools,
    @Nullable List<Map<String, @Nullable Object>> documents, Map<String, @Nullable Object> variables) {

  /** The model answers next; no tools, no documents. */
  public static final ChatOptions ANSWER = new ChatOptions(true, null, null, Map.of());

  /** The conversation as it stands, with nothing that begins an answer. */
  public static final ChatOptions AS_IT_STANDS = new ChatOptions(false, null, null, Map.of());

  public ChatOptions {
    tools = tools == null ? null : List.copyOf(tools);
    documents = documents == null ? null : List.copyOf(documents);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** The same with these tools. */
  public ChatOptions withTools(List<Map<String, @Nullable Object>> newTools) {
    return new ChatOptions(addGenerationPrompt, newTools, documents, variables);
  }

  /** The same with these documents. */
  public ChatOptions withDocuments(List<Map<String, @Nullable Object>> newDocuments) {
    return new ChatOptions(addGenerationPrompt, tools, newDocuments, variables);
  }

  /** The same with one more variable, or another value for one it has. */
  public ChatOptions withVariable(String name, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new ChatOptions(addGenerationPrompt, tools, documents, more);
  }
}
