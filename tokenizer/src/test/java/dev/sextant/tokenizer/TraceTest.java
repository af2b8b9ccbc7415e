package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TraceTest {

  static List<String> names() {
    return SmallTokenizersTest.names();
  }

  @Test
  void theMergesOfAToken() {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("cases/06-merge-forms/text.json"));
    List<TracedToken> traced = tokenizer.trace("the hat");
    assertEquals(List.of("the", "Ġ", "hat"), traced.stream().map(TracedToken::token).toList());
    assertEquals(List.of(new Merge(0, "t", "h", "th"), new Merge(1, "th", "e", "the")), traced.get(0).merges());
    assertEquals(OptionalInt.of(1), traced.get(0).rank());
    assertEquals(OptionalInt.empty(), traced.get(1).rank());
    assertEquals(List.of(5, 6), traced.get(2).merges().stream().map(Merge::rank).toList());
  }

  /** Replaying the merges of every token on its characters gives the token; on the leftmost pair each time. */
  @ParameterizedTest
  @MethodSource("names")
  void mergesLeadToTheirTokens(String name) {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("golden/small/" + name));
    boolean affixed = List.of("csp", "clip", "eow-bpedecoder").contains(name); // symbols are not just characters
    int derived = 0;
    for (int id = 0; id < tokenizer.idBound(); id++) {
      List<Merge> merges = tokenizer.mergesOf(id);
      if (!merges.isEmpty()) {
        derived++;
        String token = tokenizer.tokenOf(id);
        assertEquals(token, merges.getLast().merged());
        assertEquals(affixed ? token : String.join("|", replay(token, merges)), token);
      }
    }
    assertTrue(derived > 500, name + ": " + derived);
  }

  private static List<String> replay(String token, List<Merge> merges) {
    List<String> symbols = new ArrayList<>(token.codePoints().mapToObj(Character::toString).toList());
    for (Merge merge : merges) {
      int at = 0;
      while (!(symbols.get(at).equals(merge.left()) && symbols.get(at + 1).equals(merge.right()))) {
        at++;
      }
      symbols.set(at, merge.merged());
      symbols.remove(at + 1);
    }
    return symbols;
  }

  @Test
  void batchesKeepTheirOrder() {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("golden/small/bl-llama3"));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      texts.add("text " + i + " of many".repeat(i % 7));
    }
    List<Encoding> batch = tokenizer.encodeBatch(texts, EncodeOptions.DEFAULT);
    for (int i = 0; i < texts.size(); i++) {
      assertArrayEquals(tokenizer.encode(texts.get(i)).ids(), batch.get(i).ids(), Arrays.toString(batch.get(i).ids()));
    }
  }
}
