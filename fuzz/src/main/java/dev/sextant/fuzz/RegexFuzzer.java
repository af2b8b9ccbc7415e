package dev.sextant.fuzz;

import dev.sextant.tokenizer.TokenizerException;
import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.TextPattern;
import java.nio.charset.StandardCharsets;

/** A regular expression of a tokenizer: it is refused, or splits a text into segments that make up the text. */
public final class RegexFuzzer {
  private static final String TEXT = "It's 42 \u00fcber-storms;\n\tthe \ud83d\udc08 isn\u2019t a\u0308 \u4e2d\u6587.  ";

  private RegexFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    int[] done = {0};
    try {
      TextPattern.regex(new String(data, StandardCharsets.UTF_8), new Json("tokenizer.json", null))
          .segment(TEXT, 0, TEXT.length(), (from, to, _) -> {
            if (from != done[0] || to < from) throw new AssertionError("a segment " + from + ".." + to);
            done[0] = to;
          });
    } catch (TokenizerException e) {
      Refusal.require(e, "");
      return;
    }
    if (done[0] != TEXT.length()) throw new AssertionError("segments end at " + done[0]);
  }
}
