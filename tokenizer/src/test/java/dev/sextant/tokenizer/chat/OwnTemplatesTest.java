package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.tokenizer.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates of our own, each pressing a feature, rendered as Python's Jinja renders them: see {@code tools/chat}. */
class OwnTemplatesTest {
  private static final Json GOLDEN = PlainJson.resource("cases.json");
  private static final Map<String, @Nullable Object> VARIABLES = PlainJson.map(GOLDEN.get("variables"));
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-06-05T08:04:06.000123Z"), ZoneOffset.UTC);

  record Case(String template, Json json) {
    @Override
    public String toString() {
      return template;
    }
  }

  static List<Case> cases() {
    return GOLDEN.get("cases").list().stream().map(one -> new Case(one.get("template").text(), one)).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rendersAsTheReference(Case one) {
    if (one.json.has("error")) {
      assertThrows(ChatTemplateException.class, () -> render(one.template), one.json.get("error").text());
    } else {
      assertEquals(one.json.get("expected").text(), render(one.template));
    }
  }

  private static String render(String template) {
    return ChatTemplate.parse(template).withClock(CLOCK).render(VARIABLES);
  }
}
