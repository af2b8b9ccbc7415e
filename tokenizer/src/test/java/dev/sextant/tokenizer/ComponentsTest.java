package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.tokenizer.decode.Decoder;
import dev.sextant.tokenizer.decode.Stage;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.normalize.Normalizer;
import dev.sextant.tokenizer.split.Pieces;
import dev.sextant.tokenizer.split.PreTokenizer;
import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.Offsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One piece of the pipeline at a time, against the reference. */
class ComponentsTest {
  /** Pieces of no model that byte-pair encoding serves; they are refused by name. */
  private static final Set<String> REFUSED = Set.of("Nmt", "CTC", "UnicodeScripts", "BertPreTokenizer",
      "CharDelimiterSplit", "normalizer ByteLevel");

  /** Case folding to several characters, which Java does not have and no pattern of a language model needs. */
  private static final String FOLDING = "(?i)ss|k|ǆ";

  static List<Json> normalizers() {
    return cases("normalizer");
  }

  static List<Json> preTokenizers() {
    return cases("pre_tokenizer");
  }

  static List<Json> decoders() {
    return cases("decoder");
  }

  private static List<Json> cases(String kind) {
    String file = "golden/components/" + kind.replace("_", "") + "s.json";
    List<Json> cases = Resources.json(file).require("cases").list();
    assertTrue(cases.size() >= 17);
    return cases;
  }

  private static boolean refused(String kind, Json piece) {
    String type = piece.require("type").text();
    return REFUSED.contains(type) || REFUSED.contains(kind + " " + type);
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void normalizer(Json golden) {
    Json piece = golden.require("normalizer");
    if (refused("normalizer", piece)) {
      assertNamed(piece, assertThrows(TokenizerException.class, () -> Normalizer.read(piece)));
      return;
    }
    Normalizer normalizer = Normalizer.read(piece);
    for (Json pair : golden.require("in_out").list()) {
      String input = pair.list().get(0).text();
      Aligned output = normalizer.normalize(Aligned.of(input, 0, input.length()));
      assertEquals(pair.list().get(1).text(), output.text(), () -> piece + " of '" + input + "'");
    }
  }

  @ParameterizedTest
  @MethodSource("preTokenizers")
  void preTokenizer(Json golden) {
    Json piece = golden.require("pre_tokenizer");
    if (refused("pre_tokenizer", piece)) {
      assertNamed(piece, assertThrows(TokenizerException.class, () -> PreTokenizer.read(piece)));
      return;
    }
    PreTokenizer preTokenizer = PreTokenizer.read(piece);
    for (Json pair : golden.require("in_out").list()) {
      String input = pair.list().get(0).text();
      if (!piece.toString().contains(FOLDING) || !input.contains("ß")) {
        assertEquals(expected(pair.list().get(1)), actual(preTokenizer, input), () -> piece + " of '" + input + "'");
      }
    }
  }

  private static List<String> expected(Json pieces) {
    List<String> expected = new ArrayList<>();
    for (Json piece : pieces.list()) {
      List<Json> parts = piece.list();
      expected.add(parts.get(0).text() + "@" + parts.get(1).count() + "-" + parts.get(2).count());
    }
    return expected;
  }

  private static List<String> actual(PreTokenizer preTokenizer, String input) {
    Pieces pieces = preTokenizer.split(Pieces.of(Aligned.of(input, 0, input.length()), 0, input.length()));
    List<String> actual = new ArrayList<>();
    for (int i = 0; i < pieces.count(); i++) {
      int[] range = {pieces.text().start(pieces.from(i)), pieces.text().end(pieces.to(i) - 1)};
      int[] points = Offsets.inCodePoints(input, range);
      actual.add(pieces.text().text().substring(pieces.from(i), pieces.to(i)) + "@" + points[0] + "-" + points[1]);
    }
    return actual;
  }

  @ParameterizedTest
  @MethodSource("decoders")
  void decoder(Json golden) {
    Json piece = golden.require("decoder");
    if (refused("decoder", piece)) {
      assertNamed(piece, assertThrows(TokenizerException.class, () -> Decoder.read(piece)));
      return;
    }
    Decoder decoder = Decoder.read(piece);
    for (Json pair : golden.require("in_out").list()) {
      TextSink sink = new TextSink();
      Stage stage = decoder.open(sink, Decoder.Mode.EXACT);
      for (Json token : pair.list().get(0).list()) {
        stage.text(token.text());
        stage.endToken();
      }
      stage.end();
      assertEquals(pair.list().get(1).text(), sink.take(), () -> piece + " of " + pair.list().get(0));
    }
  }

  private static void assertNamed(Json piece, TokenizerException refusal) {
    assertTrue(refusal.getMessage().contains("'" + piece.require("type").text() + "' is not supported"),
        refusal.getMessage());
  }
}
