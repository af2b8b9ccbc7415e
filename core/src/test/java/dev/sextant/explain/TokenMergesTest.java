package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.explain.TokenMerges.Step;
import dev.sextant.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenMergesTest {
  /** Three merges: t h, th e, Ġ the. */
  private static final Tokenizer TOKENIZER = Tokenizer.load(
      Path.of("src/test/resources/cases/11-padded-vocabulary/padded/tokenizer.json"));

  @Test
  void mergesAreToldInOrderWithRealSpaces() {
    List<TokenMerges> found = TokenMerges.of(TOKENIZER, "a the");
    assertEquals(2, found.size());
    assertEquals(List.of(), found.getFirst().steps());
    assertEquals("\"a\", id 65: whole", found.getFirst().toString());
    TokenMerges the = found.getLast();
    assertEquals(" the", the.text());
    assertEquals(List.of(new Step(0, "t", "h", "th"), new Step(1, "th", "e", "the"), new Step(2, " ", "the", " the")),
        the.steps());
    assertTrue(the.toString().endsWith("""
        :
          "t" + "h" → "th" (rank 0)
          "th" + "e" → "the" (rank 1)
          " " + "the" → " the" (rank 2)"""), the.toString());
    assertEquals(the, TokenMerges.of(TOKENIZER, the.id()));
  }

  @Test
  void everyStepIsMadeOfThoseBefore() {
    for (TokenMerges token : TokenMerges.of(TOKENIZER, "the there<|end|>they the")) {
      if (token.steps().isEmpty()) continue;
      assertEquals(token.text(), token.steps().getLast().merged());
      for (Step step : token.steps()) assertEquals(step.merged(), step.left() + step.right());
    }
    assertEquals(List.of(), TokenMerges.of(TOKENIZER, ""));
    assertEquals(List.of(), TokenMerges.of(TOKENIZER, 98).steps(), "an added token");
    assertEquals("", TokenMerges.of(TOKENIZER, 5000).text(), "no such token");
  }
}
