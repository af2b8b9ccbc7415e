package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trouble that users of other tokenizers reported: merge forms, characters split over tokens, padded vocabularies. */
class WildCasesTest {

  /** One check of a case, and the folder it is about. */
  record Check(String folder, Json json) {
    Path tokenizer() {
      return Resources.path("cases/" + folder + "/" + json.require("tokenizer").text());
    }

    Json expect() {
      return json.require("expect");
    }

    @Override
    public String toString() {
      return folder + " " + json.require("do").text() + (json.has("note") ? ": " + json.get("note").text() : "");
    }
  }

  private static Stream<Check> checks(String what) {
    List<Check> checks = Stream.of("06-merge-forms", "07-streaming-utf8", "11-padded-vocabulary")
        .flatMap(folder -> Resources.json("cases/" + folder + "/expected.json").require("checks").list().stream()
            .map(json -> new Check(folder, json)))
        .filter(check -> check.json().require("do").text().equals(what)).toList();
    assertTrue(checks.size() >= 5, what);
    return checks.stream();
  }

  static Stream<Check> encode() {
    return checks("encode");
  }

  static Stream<Check> decode() {
    return checks("decode");
  }

  static Stream<Check> streamDecode() {
    return checks("stream_decode");
  }

  static Stream<Check> loadTokenizer() {
    return checks("load_tokenizer");
  }

  @ParameterizedTest
  @MethodSource("encode")
  void encodes(Check check) {
    int[] ids = Tokenizer.load(check.tokenizer()).encode(check.json().require("text").text()).ids();
    assertArrayEquals(Resources.ints(check.expect().require("ids")), ids);
  }

  @ParameterizedTest
  @MethodSource("decode")
  void decodesWithoutSpecialTokens(Check check) {
    int[] ids = Resources.ints(check.json().require("ids"));
    assertEquals(check.expect().require("text").text(), Tokenizer.load(check.tokenizer()).decode(ids, true));
  }

  @ParameterizedTest
  @MethodSource("streamDecode")
  void streams(Check check) {
    Tokenizer tokenizer = Tokenizer.load(check.tokenizer());
    int[] ids = Resources.ints(check.json().require("ids"));
    StreamDecoder stream = tokenizer.streamDecoder();
    List<String> pieces = new ArrayList<>();
    for (int id : ids) {
      pieces.add(stream.accept(id));
    }
    String end = stream.end();
    String text = check.expect().require("text").text();
    assertEquals(text, String.join("", pieces) + end);
    assertEquals(text, tokenizer.decode(ids, true));
    if (!check.json().get("note").text().equals("encoded surrogate")) { // there U+FFFD may come earlier than expected
      assertEquals(check.expect().require("pieces").list().stream().map(Json::text).toList(), pieces);
      assertEquals(check.expect().require("end").text(), end);
    }
  }

  @ParameterizedTest
  @MethodSource("loadTokenizer")
  void refuses(Check check) {
    assertTrue(check.expect().require("error").flag());
    TokenizerException refusal = assertThrows(TokenizerException.class, () -> Tokenizer.load(check.tokenizer()));
    for (Json mention : check.expect().require("mentions").list()) {
      assertTrue(refusal.getMessage().toLowerCase(Locale.ROOT).contains(mention.text()), refusal.getMessage());
    }
  }
}
