package dev.sextant.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  /** Ranks are the merges' places in the model's tokenizer.json. */
  @Test
  void showsTheMergesBehindEachToken() {
    CliRun run = CliRun.of("tokens", "--merges", "The storm ü");
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = run.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
    assertTrue(run.out().startsWith(CliRun.of("tokens", "The storm ü").out()), "added to what is shown anyway");
    assertEquals(List.of("position token rank merge", //
        "0 <|endoftext|> no merge", //
        "1 The 0 h + e → he", //
        "6 T + he → The", //
        "2 ␣storm 5 ␣ + s → ␣s", //
        "17 o + r → or", //
        "21 ␣s + t → ␣st", //
        "36 or + m → orm", //
        "37 ␣st + orm → ␣storm", //
        "3 ␣ no merge", //
        "4 <0xC3> no merge", //
        "5 <0xBC> no merge", //
        "", //
        "Of all merges that are possible, the one with the lowest rank goes first."),
        lines.subList(lines.indexOf("position token rank merge"), lines.size()));
  }

  @Test
  void noTextIsOnlyTheAddedToken() {
    assertEquals("1 token for 0 characters", CliRun.of("tokens", "").out().lines().toList().getLast().strip());
  }
}
