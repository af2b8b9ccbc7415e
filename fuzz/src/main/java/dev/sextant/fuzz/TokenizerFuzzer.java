package dev.sextant.fuzz;

import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.Encoding;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TokenizerException;
import java.util.Arrays;

/** A tokenizer.json: it is refused, or it encodes a text, in both ways to the same ids, and decodes them. */
public final class TokenizerFuzzer {
  private static final Scratch SCRATCH = Scratch.of("tokenizer.json");
  private static final String TEXT = "It's 42 \u00fcber-storms;\n\tthe \ud83d\udc08 isn\u2019t <|endoftext|> a\u0308 \u4e2d\u6587.";

  private TokenizerFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    SCRATCH.write(data);
    try {
      Tokenizer tokenizer = Tokenizer.load(SCRATCH.file());
      Encoding encoding = tokenizer.encode(TEXT);
      if (!Arrays.equals(encoding.ids(), tokenizer.encodeIds(TEXT, EncodeOptions.DEFAULT))) {
        throw new AssertionError("two ways, two results");
      }
      tokenizer.decode(encoding.ids());
    } catch (TokenizerException e) {
      Refusal.require(e, "");
    }
  }
}
