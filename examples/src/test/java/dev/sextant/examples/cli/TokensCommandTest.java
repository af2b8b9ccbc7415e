package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokensCommandTest {
  /** Ids, spellings and places as the reference tokenizer (tokenizers 0.23.3) gives them. */
  @Test
  void showsIdsSpellingsAndPlaces() {
    CliRun run = CliRun.of("tokens", "The storm ü🐈");
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    assertEquals(List.of("position id token characters of the text", //
        "0 0 <|endoftext|> added", //
        "1 263 The 0..3 The", //
        "2 294 Ġstorm 3..9 ␣storm", //
        "3 221 Ġ 9..10 ␣", //
        "4 128 Ã 10..11 ü", //
        "5 121 ¼ 10..11 ü", //
        "6 173 ð 11..13 🐈", //
        "7 254 Ł 11..13 🐈", //
        "8 239 Ĳ 11..13 🐈", //
        "9 231 Ī 11..13 🐈", //
        "", //
        "10 tokens for 12 characters"), lines);
  }

  @Test
  void noTextIsOnlyTheAddedToken() {
    assertEquals("1 token for 0 characters", CliRun.of("tokens", "").out().lines().toList().getLast().strip());
  }
}
