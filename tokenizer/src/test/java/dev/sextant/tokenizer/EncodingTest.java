package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The public face: options, offsets in three units, looking at single tokens, streams. */
class EncodingTest {
  private static final Tokenizer LLAMA3 = small("bl-llama3");

  private static Tokenizer small(String name) {
    return Tokenizer.load(Resources.path("golden/small/" + name));
  }

  @Test
  void offsetsCountCharactersCodePointsAndBytes() {
    Encoding encoding = small("bl-gpt2").encode("a 😀é");
    assertEquals(List.of("a", "Ġ", "ðŁ", "ĺ", "Ģ", "Ã©"), encoding.tokens());
    assertArrayEquals(new int[] {0, 1, 1, 2, 2, 4, 2, 4, 2, 4, 4, 5}, encoding.charOffsets());
    assertArrayEquals(new int[] {0, 1, 1, 2, 2, 3, 2, 3, 2, 3, 3, 4}, encoding.codePointOffsets());
    assertArrayEquals(new int[] {0, 1, 1, 2, 2, 6, 2, 6, 2, 6, 6, 8}, encoding.byteOffsets());
    assertEquals("😀", encoding.textOf(3));
  }

  @Test
  void halfASurrogatePairIsAReplacementCharacter() {
    Tokenizer tokenizer = small("bl-gpt2");
    Encoding encoding = tokenizer.encode("a\uD800b\uDC00");
    assertArrayEquals(tokenizer.encode("a\uFFFDb\uFFFD").ids(), encoding.ids());
    assertEquals("a\uFFFDb\uFFFD", tokenizer.decode(encoding.ids()));
    int[] bytes = encoding.byteOffsets();
    assertEquals(8, bytes[bytes.length - 1]);
  }

  @Test
  void specialTokensAreAddedAndFoundAsAsked() {
    int begin = LLAMA3.idOf("<|begin_of_text|>").orElseThrow();
    int end = LLAMA3.idOf("<|eot_id|>").orElseThrow();
    String text = "a<|eot_id|>";
    Encoding added = LLAMA3.encode(text);
    assertEquals(begin, added.id(0));
    assertTrue(added.isAdded(0) && added.isSpecial(0));
    assertFalse(added.isAdded(2));
    assertTrue(added.isSpecial(2));
    assertEquals(end, added.id(2));
    assertEquals(List.of("a", "<|eot_id|>"), LLAMA3.encode(text, EncodeOptions.AS_IS).tokens());
  }

  @Test
  void textThatIsNotTrustedCannotSpellSpecialTokens() {
    for (String name : SmallTokenizersTest.names()) {
      Tokenizer tokenizer = small(name);
      for (int id : tokenizer.specialIds()) {
        String token = tokenizer.tokenOf(id);
        boolean unknown = token.toLowerCase(Locale.ROOT).contains("unk"); // stands for any missing character
        int[] ids = tokenizer.encode("x " + token + "y", EncodeOptions.TEXT_ONLY).ids();
        assertTrue(unknown || Arrays.stream(ids).noneMatch(one -> one == id), () -> name + " finds " + token);
      }
    }
  }

  @Test
  void plainTextFindsNoAddedTokenAtAll() {
    Tokenizer tokenizer = small("added-flags");
    String unofficial = IntStream.range(0, tokenizer.idBound()).filter(id -> tokenizer.mergesOf(id).isEmpty())
        .filter(id -> tokenizer.encode("x " + tokenizer.tokenOf(id) + " y", EncodeOptions.TEXT_ONLY).size() > 0
            && !tokenizer.isSpecial(id) && tokenizer.tokenOf(id) != null && tokenizer.tokenOf(id).length() > 1)
        .mapToObj(tokenizer::tokenOf).findFirst().orElseThrow();
    int id = tokenizer.idOf(unofficial).orElseThrow();
    String text = "x " + unofficial + " y";
    assertTrue(IntStream.of(tokenizer.encodeIds(text, EncodeOptions.TEXT_ONLY)).anyMatch(one -> one == id), unofficial);
    assertTrue(IntStream.of(tokenizer.encodeIds(text, EncodeOptions.PLAIN_TEXT)).noneMatch(one -> one == id),
        unofficial);
    assertTrue(IntStream.of(tokenizer.encode(text, EncodeOptions.PLAIN_TEXT).ids()).noneMatch(one -> one == id));
  }

  @Test
  void oneTokenByItselfIsLegible() {
    Tokenizer bytes = small("bl-gpt2");
    assertEquals(" the", bytes.textOf(bytes.idOf("Ġthe").orElseThrow()));
    assertEquals("<0xF0>", bytes.textOf(bytes.idOf("ð").orElseThrow()));
    assertEquals("<|endoftext|>", bytes.textOf(0));
    assertEquals("", bytes.textOf(99_999));
    Tokenizer pieces = small("sp-llama2");
    assertEquals(" t", pieces.textOf(pieces.idOf("▁t").orElseThrow()));
    assertEquals("<0xE2>", pieces.textOf(pieces.idOf("<0xE2>").orElseThrow()));
    assertEquals("\n", pieces.textOf(pieces.idOf("<0x0A>").orElseThrow()));
    Tokenizer words = small("csp");
    assertEquals("orm", words.textOf(words.idOf("##orm").orElseThrow()));
  }

  @Test
  void idsWithoutTokensDecodeToNothingAndNegativeOnesAreErrors() {
    assertEquals("", LLAMA3.decode(new int[] {5_000, Integer.MAX_VALUE}));
    assertNull(LLAMA3.tokenOf(5_000));
    assertNull(LLAMA3.tokenOf(-1));
    assertFalse(LLAMA3.isSpecial(-1));
    TokenizerException e = assertThrows(TokenizerException.class, () -> LLAMA3.decode(new int[] {-7}));
    assertTrue(e.getMessage().contains("-7"), e.getMessage());
    assertThrows(TokenizerException.class, () -> LLAMA3.streamDecoder().accept(-1));
  }

  @Test
  void aStreamContinuesAPrompt() {
    Tokenizer tokenizer = small("sp-llama2");
    int[] prompt = tokenizer.encode("the").ids();
    int next = tokenizer.idOf("▁t").orElseThrow();
    assertEquals("t", tokenizer.streamDecoder().accept(next));
    assertEquals(" t", tokenizer.streamDecoder().feed(prompt).accept(next));
    StreamDecoder ended = tokenizer.streamDecoder();
    assertEquals("", ended.end());
    assertThrows(IllegalStateException.class, () -> ended.accept(next));
    assertEquals("<s>", tokenizer.streamDecoder(false).accept(1));
    assertEquals("", tokenizer.streamDecoder(true).accept(1));
  }

  @Test
  void theConfigurationNamesTheEnds() {
    Tokenizer tokenizer = small("bl-qwen");
    assertEquals(OptionalInt.empty(), tokenizer.bosId());
    assertEquals(tokenizer.idOf("<|im_end|>"), tokenizer.eosId());
    assertEquals(tokenizer.idOf("<|endoftext|>"), tokenizer.padId());
    Tokenizer full = small("bl-deepseek");
    assertEquals("<｜begin▁of▁sentence｜>", full.tokenOf(full.bosId().orElseThrow()));
    assertEquals(OptionalInt.empty(), small("bl-bloom").eosId());
  }

  @Test
  void specialIdsCannotBeChanged() {
    Set<Integer> special = LLAMA3.specialIds();
    assertEquals(6, special.size());
    assertThrows(UnsupportedOperationException.class, () -> special.add(1));
  }
}
