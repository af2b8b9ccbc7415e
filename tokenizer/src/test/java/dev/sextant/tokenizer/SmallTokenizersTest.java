package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 26 small tokenizers that between them have every piece, against the reference. */
class SmallTokenizersTest {

  static List<String> names() {
    try (Stream<Path> folders = Files.list(Resources.path("golden/small"))) {
      List<String> names = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
      assertEquals(26, names.size());
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCaseIsWhatTheReferenceMakesOfIt(String name) {
    Path folder = Resources.path("golden/small/" + name);
    Tokenizer tokenizer = Tokenizer.load(folder);
    List<Golden> cases = Golden.cases(name, folder.resolve("cases.json.gz"));
    assertTrue(cases.size() > 200, () -> "only " + cases.size() + " cases");
    assertAll(cases.stream().map(golden -> (Executable) () -> golden.check(tokenizer)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void theVocabularyIsThatOfTheReference(String name) {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("golden/small/" + name));
    Json info = Resources.json(Resources.path("golden/small/" + name + "/cases.json.gz")).require("info");
    assertEquals(info.require("vocab_size_with_added").count(), tokenizer.vocabularySize());
    assertEquals(info.require("max_id").count() + 1, tokenizer.idBound());
    assertEquals(List.of(info.require("special_ids").list().stream().map(Json::count).toArray()),
        List.of(tokenizer.specialIds().toArray()));
    for (String token : info.require("token_to_id").names()) {
      int id = info.require("token_to_id").get(token).count();
      assertEquals(id, tokenizer.idOf(token).orElseThrow());
      assertEquals(token, tokenizer.tokenOf(id));
    }
  }
}
