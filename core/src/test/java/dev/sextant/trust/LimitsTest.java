package dev.sextant.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Generation;
import dev.sextant.InvalidArgumentException;
import dev.sextant.LimitException;
import dev.sextant.Limits;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.StopReason;
import dev.sextant.explain.HeadPatterns;
import dev.sextant.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit: what it refuses, what the refusal says, and that raising it helps. */
class LimitsTest {
  private static final Limits DEFAULTS = Limits.defaults();

  @TempDir
  Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    folder = Folders.withTokenizer(temporary.resolve("model"));
  }

  private Model load(Limits limits) {
    return Model.load(folder, LoadOptions.defaults().withLimits(limits));
  }

  private static void assertNames(LimitException error, String limit, long found, long allowed) {
    assertEquals(List.of(limit, found, allowed), List.of(error.limit(), error.found(), error.allowed()));
    for (Object part : List.of(limit, found, allowed, "LoadOptions.withLimits"))
      assertTrue(error.getMessage().contains(part.toString()), error.getMessage());
  }

  @Test
  void theHeaderOfTheWeights() throws IOException {
    long length = Files.newInputStream(folder.resolve("model.safetensors")).read() + 256L * headerByte(1);
    LimitException error = assertThrows(LimitException.class, () -> load(DEFAULTS.withHeaderBytes(length - 1)));
    assertNames(error, "headerBytes", length, length - 1);
    assertTrue(error.getMessage().contains("model.safetensors"), error.getMessage());
    load(DEFAULTS.withHeaderBytes(length)).close();
  }

  private int headerByte(int at) throws IOException {
    return Files.readAllBytes(folder.resolve("model.safetensors"))[at] & 255;
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "generation_config.json"})
  void theConfiguration(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file) + " ".repeat(5000));
    long size = Files.size(file);
    LimitException error = assertThrows(LimitException.class, () -> load(DEFAULTS.withJsonBytes(size - 1)));
    assertNames(error, "jsonBytes", size, size - 1);
    assertTrue(error.getMessage().contains(name), error.getMessage());
    load(DEFAULTS.withJsonBytes(size)).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "tokenizer_config.json"})
  void theTokenizer(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file) + " ".repeat(5000));
    long size = Files.size(file);
    LimitException error = assertThrows(LimitException.class, () -> load(DEFAULTS.withTokenizerBytes(size - 1)));
    assertNames(error, "tokenizerBytes", size, size - 1);
    assertTrue(error.getMessage().contains(name), error.getMessage());
    load(DEFAULTS.withTokenizerBytes(size)).close();
  }

  @Test
  void theChatTemplateWhenItIsRead() throws IOException {
    try (Model model = load(DEFAULTS.withTokenizerBytes(1000))) {
      Files.writeString(folder.resolve("chat_template.jinja"), "x".repeat(1001));
      assertNames(assertThrows(LimitException.class, model::chatTemplate), "tokenizerBytes", 1001, 1000);
      Files.writeString(folder.resolve("chat_template.jinja"), "x".repeat(1000));
      model.chatTemplate();
    }
  }

  @Test
  void furtherChatTemplatesWhenTheyAreRead() throws IOException {
    Path more = Files.createDirectories(folder.resolve("additional_chat_templates"));
    Files.writeString(more.resolve("notes.txt"), "x".repeat(2000));
    Files.writeString(more.resolve("tool_use.jinja"), "x".repeat(1001));
    try (Model model = load(DEFAULTS.withTokenizerBytes(1000))) {
      LimitException error = assertThrows(LimitException.class, model::chatTemplate);
      assertNames(error, "tokenizerBytes", 1001, 1000);
      assertTrue(error.getMessage().contains("tool_use.jinja"), error.getMessage());
      Path saved = temporary.resolve("saved");
      assertNames(assertThrows(LimitException.class, () -> model.save(saved)), "tokenizerBytes", 1001, 1000);
      Files.writeString(more.resolve("tool_use.jinja"), "x".repeat(1000));
      model.chatTemplate();
      model.save(saved);
      assertEquals(1000, Files.size(saved.resolve("additional_chat_templates").resolve("tool_use.jinja")));
      assertFalse(Files.exists(saved.resolve("additional_chat_templates").resolve("notes.txt")));
    }
  }

  @Test
  void thePrompt() {
    try (Model model = load(DEFAULTS.withPromptTokens(5)); Session session = model.session()) {
      LimitException error = assertThrows(LimitException.class, () -> model.generate().prompt("abcdef").run());
      assertNames(error, "promptTokens", 6, 5);
      assertEquals(3, model.generate().prompt("abcde").maxTokens(3).endTokens().run().tokens().size());
      assertThrows(LimitException.class, () -> session.append(1, 2, 3, 4, 5, 6));
      assertEquals(0, session.length());
      assertEquals(6, session.append(1, 2, 3).append(4, 5, 6).length());
      assertNames(assertThrows(LimitException.class, () -> model.generate().prompt("a".repeat(5 * 32 + 32))),
          "promptTokens", 6, 5);
    }
    try (Model model = load(DEFAULTS.withPromptTokens(10))) {
      assertNames(assertThrows(LimitException.class, () -> model.generate().prompt("a".repeat(325))), "promptTokens",
          11, 10);
    }
  }

  @Test
  void keysAndValues() {
    try (Model all = load(DEFAULTS)) {
      long room = all.session().cacheBytes(128);
      try (Model model = load(DEFAULTS.withCacheBytes(room)); Session session = model.session()) {
        int[] ids = new int[129];
        LimitException error = assertThrows(LimitException.class, () -> session.append(ids));
        assertNames(error, "cacheBytes", session.cacheBytes(129), room);
        session.append(new int[128]);
        assertThrows(LimitException.class, () -> session.append(1));
        assertEquals(128, session.length());
        assertEquals(all.nextTokenDistribution(new int[128]).argmax(), session.distribution().argmax());
      }
    }
  }

  @Test
  void aGenerationEndsWhereKeysAndValuesHaveNoRoom() {
    try (Model all = load(DEFAULTS)) {
      long room = all.session().cacheBytes(128);
      try (Model model = load(DEFAULTS.withCacheBytes(room))) {
        Generation generation = model.generate().ids(1, 2, 3).endTokens().maxTokens(1000).run();
        assertEquals(StopReason.CONTEXT, generation.stopReason());
        assertEquals(126, generation.tokens().size(), "128 places, and one token that needs none");
        LimitException error = assertThrows(LimitException.class,
            () -> model.generate().ids(1, 2, 3).endTokens().maxTokens(1000).failWhenContextFull().run());
        assertEquals("cacheBytes", error.limit());
        assertEquals(299, model.score(new int[300]).ids().length - 1, "windows as long as there is room");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 20})
  void longTextsAreReadInWindowsThatTheLimitsAllow(int tokens) {
    int[] ids = new int[50];
    try (Model model = load(DEFAULTS.withPromptTokens(tokens))) {
      HeadPatterns.of(model, ids, 40);
      if (tokens == 1) return; // a window has two at least
      assertEquals(49, model.score(ids).scored());
      int windows = Math.ceilDiv(50, tokens);
      assertEquals(50 - windows, HeadPatterns.of(model, ids).tokens(), "the first of each looks at nothing");
      assertThrows(LimitException.class, () -> model.scoring().ids(ids).window(tokens + 1).run());
    }
  }

  @Test
  void noRoomAtAll() {
    try (Model model = load(DEFAULTS.withCacheBytes(1))) {
      assertThrows(LimitException.class, () -> model.nextTokenDistribution(1));
      assertThrows(LimitException.class, () -> model.generate().ids(1).run());
    }
  }

  @Test
  void limitsHaveLimits() {
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withHeaderBytes(1));
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withHeaderBytes(100_000_001));
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withJsonBytes((1L << 30) + 1));
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withTokenizerBytes((1L << 28) + 1));
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withPromptTokens(0));
    assertThrows(InvalidArgumentException.class, () -> DEFAULTS.withCacheBytes(0));
  }
}
