package dev.sextant.tokenizer.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.json.JsonInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The templates of well-known models, rendered as Python renders them. They belong to their makers and so are not here: the
 * system property {@code sextant.chat} or the environment variable {@code SEXTANT_CHAT} names the folder, else {@code
 * ../shared/golden/chat} beside the repository is looked for.
 */
class GoldenTemplatesTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2025-06-15T12:34:56Z"), ZoneOffset.UTC);

  @TestFactory
  Stream<DynamicTest> rendersAsTheReference() {
    Optional<Path> folder = folder();
    if (folder.isEmpty()) {
      return Stream.of(DynamicTest.dynamicTest("absent",
          () -> abort("no golden templates: set sextant.chat to their folder to run this")));
    }
    Json golden = JsonInput.read(folder.get().resolve("cases.json"));
    Map<String, ChatTemplate> templates = new LinkedHashMap<>();
    for (String name : golden.get("templates").names()) {
      templates.put(name, template(folder.get(), golden.get("templates").get(name)));
    }
    return golden.get("cases").list().stream().map(one -> DynamicTest.dynamicTest(
        one.get("template").text() + " " + one.get("case").text(),
        () -> check(templates.get(one.get("template").text()), one, golden.get("tools"))));
  }

  private static void check(ChatTemplate template, Json one, Json tools) {
    List<ChatMessage> messages = new ArrayList<>();
    PlainJson.maps(one.get("messages")).forEach(fields -> messages.add(new ChatMessage(fields)));
    Map<String, @Nullable Object> more = one.has("kwargs") ? PlainJson.map(one.get("kwargs")) : Map.of();
    ChatOptions options = new ChatOptions(one.get("add_generation_prompt").flag(),
        one.flagOr("tools", false) ? PlainJson.maps(tools) : null, null, more);
    if (one.has("error")) {
      assertThrows(ChatTemplateException.class, () -> template.render(messages, options), one.get("error").text());
    } else {
      assertEquals(one.get("expected").text(), template.render(messages, options));
    }
  }

  private static ChatTemplate template(Path folder, Json about) {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String token : List.of("bos_token", "eos_token")) {
      if (about.has(token)) {
        tokens.put(token, about.get(token).text());
      }
    }
    try {
      return ChatTemplate.parse(Files.readString(folder.resolve(about.get("file").text()))).withSpecialTokens(tokens)
          .withClock(CLOCK);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> folder() {
    String named = System.getProperty("sextant.chat", System.getenv("SEXTANT_CHAT"));
    Path here = Path.of("").toAbsolutePath();
    Stream<Path> folders = named != null
        ? Stream.of(Path.of(named))
        : Stream.of("../../shared/golden/chat", "../shared/golden/chat").map(here::resolve);
    return folders.filter(folder -> Files.isRegularFile(folder.resolve("cases.json"))).findFirst();
  }
}
