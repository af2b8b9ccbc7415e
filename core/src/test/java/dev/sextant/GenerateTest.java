package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.decode.Decoding;
import dev.sextant.testing.Folders;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.chat.ChatMessage;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Generating text: what the options do, and that streaming tells the same as running. */
class GenerateTest {
  private static final Path FOLDER = Path.of("src/test/resources/cases/11-padded-vocabulary/padded");
  private static final Path WITHOUT_TOKENIZER = Path.of("src/test/resources/golden/models/llama");
  private static Model model;

  @BeforeAll
  static void load() {
    model = Model.load(FOLDER);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static Generate theCat() {
    return model.generate().prompt("the cat").maxTokens(30).endTokens();
  }

  @Test
  void streamedTextsJoinToTheTextOfTheRun() {
    for (int seed = 0; seed < 20; seed++) {
      Generate generate = theCat().temperature(1.5).seed(seed).stop("e", "xq");
      Generation whole = generate.run();
      try (Stream<GeneratedToken> tokens = generate.stream()) {
        assertEquals(whole.text(), tokens.map(GeneratedToken::text).collect(Collectors.joining()));
      }
      List<GeneratedToken> heard = new ArrayList<>();
      assertEquals(whole.text(), generate.run(heard::add).text());
      assertEquals(whole.tokens(), heard);
    }
  }

  @Test
  void aStopStringEndsTheTextBeforeIt() {
    String all = theCat().run().text();
    String stop = all.substring(5, 8);
    Generation generation = theCat().stop(stop).run();
    assertEquals(StopReason.STOP_STRING, generation.stopReason());
    assertEquals(all.substring(0, all.indexOf(stop)), generation.text());
  }

  @Test
  void withoutSettingsTheChoiceIsGreedyAndAFilterOrSeedMeansDrawing() {
    assertArrayEquals(theCat().run().ids(), theCat().temperature(0).run().ids());
    assertArrayEquals(theCat().run().ids(), theCat().topK(1).run().ids());
    assertTrue(theCat().topK(50).seed(3).run().tokens().stream().anyMatch(token -> token.probability() < 1));
    assertArrayEquals(theCat().seed(3).run().ids(), theCat().temperature(1).seed(3).run().ids());
  }

  @Test
  void aGreedyChoiceThatWasSetStaysGreedyWhateverIsSetAfterwards() {
    int[] greedy = theCat().run().ids();
    for (long seed = 0; seed < 3; seed++) {
      assertArrayEquals(greedy, theCat().temperature(0).seed(seed).run().ids());
      assertArrayEquals(greedy, theCat().seed(seed).temperature(0).run().ids());
      assertArrayEquals(greedy,
          theCat().temperature(0).topP(0.9).topK(7).minP(0.01).typicalP(0.9).seed(seed).run().ids());
      assertArrayEquals(greedy, theCat().decoding(Decoding.GREEDY).seed(seed).run().ids());
    }
    assertArrayEquals(greedy, theCat().topK(0).topP(1).minP(0).typicalP(1).run().ids()); // all of them off
  }

  @Test
  void aRunTellsTheSeedThatRepeatsIt() {
    Generation first = theCat().temperature(2).run();
    assertArrayEquals(first.ids(), theCat().temperature(2).seed(first.seed()).run().ids());
    assertNotEquals(first.seed(), theCat().temperature(2).run().seed());
  }

  @Test
  void logProbabilitiesAreTheModelsOwnWhateverTheFilters() {
    Generation generation = theCat().temperature(0.5).topK(3).seed(1).maxTokens(5).run();
    try (Session session = model.session()) {
      session.append(generation.promptIds().stream().mapToInt(Integer::intValue).toArray());
      for (GeneratedToken token : generation.tokens()) {
        assertEquals(session.distribution().logProbability(token.id()), token.logProbability(), 1e-4);
        session.append(token.id());
      }
    }
  }

  @Test
  void cancellingKeepsTheTextThatWasHeldBack() {
    String all = theCat().run().text();
    String beginning = all.substring(0, 4);
    int[] asked = {0};
    Generation generation = theCat().stop(beginning + "never").cancelWhen(() -> ++asked[0] > 8).run();
    assertEquals(StopReason.CANCELLED, generation.stopReason());
    assertTrue(!generation.text().isEmpty() && all.startsWith(generation.text()), generation.text());
    assertEquals(theCat().maxTokens(generation.ids().length).run().text(), generation.text());
  }

  @Test
  void aFullContextEndsTheTextOrFailsByChoice() {
    try (Model small = Model.load(FOLDER, LoadOptions.defaults().withContextLength(8))) {
      Generate generate = small.generate().ids(1, 2, 3).endTokens();
      Generation generation = generate.run();
      assertEquals(StopReason.CONTEXT, generation.stopReason());
      assertEquals(6, generation.ids().length); // five fill the context, one more can be read off
      assertThrows(ContextLimitException.class, () -> generate.failWhenContextFull().run());
      assertThrows(ContextLimitException.class, () -> small.generate().ids(new int[9]).run());
    }
  }

  @Test
  void anObserverSeesEveryTokenAndALongPromptItsProgress() {
    List<Integer> positions = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();
    model.generate().ids(1, 2, 3).endTokens().maxTokens(3).promptProgress(progress::add)
        .observe(Set.of(Station.FINAL_NORM), (_, _, rows) -> positions.add(rows.firstPosition())).run();
    assertEquals(List.of(0, 3, 4), positions);
    assertEquals(List.of(3), progress);
  }

  @Test
  void badOptionsAreRefusedWhenTheyAreSet() {
    Generate generate = model.generate();
    assertThrows(InvalidArgumentException.class, () -> generate.temperature(-1));
    assertThrows(InvalidArgumentException.class, () -> generate.topP(1.5));
    assertThrows(InvalidArgumentException.class, () -> generate.topK(-1));
    assertThrows(InvalidArgumentException.class, () -> generate.minP(Double.NaN));
    assertThrows(InvalidArgumentException.class, () -> generate.repetitionPenalty(0));
    assertThrows(InvalidArgumentException.class, () -> generate.maxTokens(-1));
    assertThrows(InvalidArgumentException.class, () -> generate.stop(""));
    assertThrows(InvalidArgumentException.class, generate::run); // no prompt
    assertThrows(InvalidArgumentException.class, () -> generate.ids(5000).run());
  }

  @Test
  void messagesGoThroughTheModelsOwnTemplate(@TempDir Path folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) Files.copy(file, folder.resolve(file.getFileName().toString()));
    }
    Files.writeString(folder.resolve("tokenizer_config.json"), """
        {"chat_template": "{% for m in messages %}{{ m.role }} {{ m.content }} {% endfor %}"}""");
    try (Model chatty = Model.load(folder)) {
      Generation generation = chatty.generate().messages(ChatMessage.user("the cat")).maxTokens(2).run();
      int[] ids = chatty.tokenizer().encode("user the cat ", EncodeOptions.AS_IS).ids();
      assertArrayEquals(ids, generation.promptIds().stream().mapToInt(Integer::intValue).toArray());
    }
    SextantException none = assertThrows(SextantException.class,
        () -> model.generate().messages(ChatMessage.user("the cat")));
    assertTrue(none.getMessage().contains("there is no chat template"), none.getMessage());
    assertThrows(InvalidArgumentException.class, () -> model.generate().messages());
  }

  @Test
  void whatTemplateOrTokenizerRefuseIsAnErrorOfOurs(@TempDir Path temporary) throws IOException {
    Path folder = Folders.withTokenizer(temporary.resolve("model"));
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ raise_exception('no system message') }}");
    Path tokenizer = folder.resolve("tokenizer.json"); // one that names a token for the unknown and has none
    Files.writeString(tokenizer, Files.readString(tokenizer).replace("\"merges\"", "\"unk_token\":\"?\",\"merges\""));
    try (Model chatty = Model.load(folder)) {
      for (Executable refused : List.<Executable>of(() -> chatty.generate().messages(ChatMessage.system("a")),
          () -> chatty.journey().messages(ChatMessage.system("a")))) {
        SextantException error = assertThrows(SextantException.class, refused);
        assertTrue(error.getMessage().contains("no system message"), error.getMessage());
      }
      for (Executable refused : List.<Executable>of(() -> chatty.generate().prompt("abC"),
          () -> chatty.journey().prompt("abC"), () -> chatty.score("abC"))) {
        SextantException error = assertThrows(SextantException.class, refused);
        assertTrue(error.getMessage().contains("not in the vocabulary"), error.getMessage());
      }
    }
  }

  @Test
  void aModelWithoutTokenizerWorksByIdsAndSaysWhyNotByText() {
    try (Model bare = Model.load(WITHOUT_TOKENIZER)) {
      assertEquals("", bare.generate().ids(1, 2).maxTokens(3).run().text());
      assertEquals("", bare.nextTokenDistribution(1).top(1).getFirst().text());
      SextantException error = assertThrows(SextantException.class, bare::tokenizer);
      assertTrue(error.getMessage().contains("tokenizer.json"), error.getMessage());
      assertThrows(SextantException.class, () -> bare.generate().prompt("hello"));
    }
  }
}
