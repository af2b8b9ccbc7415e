package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a conversation reaches the template. */
class ChatTemplateTest {
  private static final ChatTemplate DUMP = ChatTemplate.parse("{{ messages | tojson }}");

  @Test
  void messagesAreWhatTheTemplateReads() {
    ChatMessage calls = ChatMessage.assistant(null, List.of(new ToolCall("call00001", "add", arguments())));
    assertEquals("""
        [{"role": "system", "content": "S"}, {"role": "user", "content": "U"}, {"role": "assistant", "content": "A"}, \
        {"role": "assistant", "content": null, "tool_calls": [{"id": "call00001", "type": "function", \
        "function": {"name": "add", "arguments": {"y": 2, "x": null}}}]}, \
        {"role": "tool", "content": "3", "name": "add", "tool_call_id": "call00001"}, \
        {"role": "developer", "content": "D"}, {"role": "assistant", "content": "A", "reasoning_content": "R"}]""",
        DUMP.render(List.of(ChatMessage.system("S"), ChatMessage.user("U"), ChatMessage.assistant("A"), calls,
            ChatMessage.tool("add", "call00001", "3"), ChatMessage.of("developer", "D"),
            ChatMessage.assistant("A").with("reasoning_content", "R"))));
  }

  private static Map<String, @Nullable Object> arguments() {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    arguments.put("y", 2);
    arguments.put("x", null);
    return arguments;
  }

  @Test
  void messagesDoNotChange() {
    Map<String, @Nullable Object> fields = new HashMap<>(Map.of("role", "user", "content", "Hi"));
    ChatMessage message = new ChatMessage(fields);
    fields.put("content", "changed");
    assertEquals("Hi", message.fields().get("content"));
    assertEquals("user", message.role());
    assertEquals("Hi", message.with("content", "Ho").with("content", "Hi").fields().get("content"));
    assertThrows(UnsupportedOperationException.class, () -> message.fields().put("x", 1));
  }

  @Test
  void aMessageNeedsARole() {
    assertThrows(IllegalArgumentException.class, () -> new ChatMessage(Map.of("content", "Hi")));
    assertThrows(IllegalArgumentException.class, () -> new ChatMessage(Map.of("role", 1)));
  }

  @Test
  void optionsAreVariables() {
    ChatTemplate template = ChatTemplate.parse("{{ [add_generation_prompt, tools, documents, bos_token, thinking] }}")
        .withSpecialTokens(Map.of("bos_token", "<s>"));
    assertEquals("[True, None, None, '<s>', Undefined]", template.render(List.of()));
    assertEquals("[False, None, None, '<s>', Undefined]", template.render(List.of(), ChatOptions.AS_IT_STANDS));
    ChatOptions options = ChatOptions.ANSWER.withTools(List.of(Map.of("name", "add")))
        .withDocuments(List.of(Map.of("title", "T"))).withVariable("thinking", false).withVariable("bos_token", null);
    assertEquals("[True, [{'name': 'add'}], [{'title': 'T'}], None, False]", template.render(List.of(), options));
  }

  @Test
  void rawVariablesComeAlone() {
    ChatTemplate template = ChatTemplate.parse("{{ [x, messages is defined, bos_token is defined] }}")
        .withSpecialTokens(Map.of("bos_token", "<s>"));
    assertEquals("[[1, 2.5, True, None], False, False]",
        template.render(Map.of("x", java.util.Arrays.asList(1, 2.5f, true, null))));
  }

  @Test
  void theTextOfMessagesIsNotEvaluated() {
    ChatTemplate template = ChatTemplate.parse("{{ messages[0].content }}");
    assertEquals("{{ 1 + 1 }}{% if %}", template.render(List.of(ChatMessage.user("{{ 1 + 1 }}{% if %}"))));
  }

  @Test
  void theClockCanBeSet() {
    Clock clock = Clock.fixed(Instant.parse("2024-02-29T23:59:59Z"), ZoneOffset.UTC);
    assertEquals("29 Feb 2024",
        ChatTemplate.parse("{{ strftime_now('%d %b %Y') }}").withClock(clock).render(List.of()));
  }

  @Test
  void limitsMustBePositive() {
    assertThrows(IllegalArgumentException.class, () -> new RenderLimits(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new RenderLimits(1, 0));
  }
}
