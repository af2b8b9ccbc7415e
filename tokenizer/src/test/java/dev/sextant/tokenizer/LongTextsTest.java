package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of up to a million characters. A quadratic step anywhere would take hours, or an hour. */
class LongTextsTest {
  private static final int LONG = 1 << 18;
  private static final int LONGEST = 1 << 20;
  private static final Duration AMPLE = Duration.ofSeconds(60);

  @ParameterizedTest
  @CsvSource(quoteCharacter = '"', value = {"bl-gpt2,a", "bl-gpt2,\" \"", "bl-llama3,ab", "bl-llama3,\"\n\"",
    "bl-o200k,aB",
    "bl-o200k,ª", "bl-smollm,7", "bl-deepseek,é", "bl-deepseek,中", "bl-possessive,\" \"", "bl-qwen,e\u0301",
    "bl-neox,\" \"",
    "sp-llama2,a", "sp-llama2,\" \"", "sp-gemma,\"the \"", "sp-meta-first,\" \"", "sp-partial-bytes,😀", "clip,a",
    "eow-bpedecoder,ab", "csp,ab"})
  void oneUnitRepeated(String name, String unit) {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("golden/small/" + name));
    String text = unit.repeat(LONG / unit.length());
    assertTimeoutPreemptively(AMPLE, () -> {
      Encoding encoding = tokenizer.encode(text);
      assertEquals(encoding.size(), tokenizer.count(text));
      int end = Arrays.stream(encoding.charOffsets()).max().orElseThrow();
      assertTrue(end > text.length() - unit.length(), () -> "ends at " + end);
    });
  }

  @ParameterizedTest
  @CsvSource({"bl-gpt2", "bl-o200k", "sp-llama2", "sp-gemma"})
  void oneWordOfRandomLettersSeed6(String name) {
    Tokenizer tokenizer = Tokenizer.load(Resources.path("golden/small/" + name));
    StringBuilder text = new StringBuilder();
    new Random(6).ints(LONGEST, 'a', 'z' + 1).forEach(c -> text.append((char) c));
    assertTimeoutPreemptively(AMPLE,
        () -> assertEquals(text.toString(), tokenizer.decode(tokenizer.encode(text.toString()).ids(), true)));
  }
}
