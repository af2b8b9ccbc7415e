package dev.sextant.tokenizer;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sextant.tokenizer.text.ByteStandIns;
import dev.sextant.tokenizer.text.PieceScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rank files. */
class TiktokenTest {
  @TempDir
  private Path folder;

  /** All 256 bytes as 0 to 255, then these. */
  private Path ranks(String... tokens) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int b = 0; b < 256; b++) {
      lines.append(line(new byte[] {(byte) b}, b));
    }
    for (int i = 0; i < tokens.length; i++) {
      lines.append(line(tokens[i].getBytes(StandardCharsets.UTF_8), 256 + i));
    }
    return Files.writeString(folder.resolve("ranks"), lines);
  }

  private static String line(byte[] bytes, int rank) {
    return Base64.getEncoder().encodeToString(bytes) + " " + rank + "\n";
  }

  @Test
  void theLowestRankMergesFirstWhateverPartsMakeIt() throws IOException {
    Path ranks = ranks("bc", "ab", "abcd", "cd", "ü");
    Tokenizer tokenizer = Tokenizer.ofTiktoken(ranks, PieceScanner.CL100K, Map.of("<|end|>", 300));
    assertArrayEquals(new int[] {'a', 256, 'x'}, tokenizer.encodeIds("abcx", EncodeOptions.DEFAULT));
    assertArrayEquals(new int[] {258}, tokenizer.encodeIds("abcd", EncodeOptions.DEFAULT)); // a whole piece
    assertArrayEquals(new int[] {'x', 'a', 256, 'd'}, tokenizer.encodeIds("xabcd", EncodeOptions.DEFAULT));
    assertArrayEquals(new int[] {260, 300}, tokenizer.encodeIds("ü<|end|>", EncodeOptions.DEFAULT));
    assertEquals("ü<|end|>", tokenizer.decode(new int[] {260, 300}));
    assertEquals(OptionalInt.of(300), tokenizer.idOf("<|end|>"));
  }

  @Test
  void whatThePatternDoesNotMatchIsLeftOut() throws IOException {
    Tokenizer tokenizer = Tokenizer.ofTiktoken(ranks(), "[a-z]+", Map.of());
    assertEquals("abc", tokenizer.decode(tokenizer.encodeIds("a1b 2c", EncodeOptions.DEFAULT)));
  }

  @ParameterizedTest
  @CsvSource({"YQ==,line 257", "YQ== x,rank 'x'", "YQ== 300,two ids", "Yg= 300,Base64", "YWI= 97,two tokens",
    "YWI= 99999999,rank"})
  void aFaultNamesItsLine(String line, String reason) throws IOException {
    Path ranks = ranks();
    Files.writeString(ranks, Files.readString(ranks) + line + "\n");
    TokenizerException fault = assertThrows(TokenizerException.class,
        () -> Tokenizer.ofTiktoken(ranks, PieceScanner.GPT2, Map.of()));
    assertTrue(fault.getMessage().contains("line 257") && fault.getMessage().contains(reason), fault.getMessage());
  }

  @Test
  void missingBytesAndIdsInUseAreFaults() throws IOException {
    Path ranks = ranks();
    assertThrows(TokenizerException.class, () -> Tokenizer.ofTiktoken(ranks, PieceScanner.GPT2, Map.of("<s>", 97)));
    Path few = Files.writeString(folder.resolve("few"), "YQ== 0\n");
    TokenizerException fault = assertThrows(TokenizerException.class,
        () -> Tokenizer.ofTiktoken(few, PieceScanner.GPT2, Map.of()));
    assertTrue(fault.getMessage().contains("byte 0"), fault.getMessage());
  }

  /** The rank file of a real tokenizer, made of its vocabulary, encodes as the reference does. */
  @Test
  void cl100kFromRanks() throws IOException {
    String given = System.getProperty("sextant.tokenizers", System.getenv("SEXTANT_TOKENIZERS"));
    assumeTrue(given != null && Files.isRegularFile(Path.of(given, "cl100k", "tokenizer.json")),
        "no real tokenizers given: set sextant.tokenizers to what tools/fetch-tokenizers.sh made");
    Tokenizer file = Tokenizer.load(Path.of(given, "cl100k"));
    StringBuilder lines = new StringBuilder();
    Map<String, Integer> special = new HashMap<>();
    for (int id = 0; id < file.idBound(); id++) {
      String token = file.tokenOf(id);
      if (token != null && id >= 100_256) {
        special.put(token, id);
      } else if (token != null) {
        lines.append(line(ByteStandIns.bytesOf(token), id));
      }
    }
    Path ranks = Files.writeString(folder.resolve("cl100k"), lines);
    Tokenizer tokenizer = Tokenizer.ofTiktoken(ranks, PieceScanner.CL100K, special);
    List<Golden> goldens = Golden.cases("cl100k", Resources.path("golden/real/cl100k.cases.json.gz"));
    assertAll(goldens.stream().filter(golden -> golden.text() != null).map(golden -> (Executable) () -> {
      int[] expected = file.encodeIds(golden.text(), EncodeOptions.AS_IS);
      assertArrayEquals(expected, tokenizer.encodeIds(golden.text(), EncodeOptions.AS_IS), golden.toString());
      assertArrayEquals(expected, tokenizer.encode(golden.text(), EncodeOptions.AS_IS).ids(), golden.toString());
    }));
  }
}
