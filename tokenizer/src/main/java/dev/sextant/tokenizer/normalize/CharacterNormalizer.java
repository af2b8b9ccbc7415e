package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.text.Aligned;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites each character by itself.
 *
 * @param rewriting from a code point to what becomes of it; null if it stays
 */
record CharacterNormalizer(IntFunction<@Nullable String> rewriting) implements Normalizer {

  /** Without context: a sigma at the end of a word is an ordinary sigma. */
  static @Nullable String lowercase(int codePoint) {
    int simple = Character.toLowerCase(codePoint);
    if (codePoint == 'İ') { // the only character whose lower case is two
      return "i\u0307";
    }
    return simple == codePoint ? null : Character.toString(simple);
  }

  @Override
  public Aligned normalize(Aligned text) {
    String from = text.text();
    if (from.codePoints().allMatch(c -> rewriting.apply(c) == null)) {
      return text;
    }
    Aligned.Builder target = new Aligned.Builder(text, from.length());
    for (int i = 0; i < from.length();) {
      int c = from.codePointAt(i);
      int at = i;
      String rewritten = rewriting.apply(c);
      if (rewritten == null) {
        target.put(c, at);
      } else {
        rewritten.codePoints().forEach(other -> target.put(other, at));
      }
      i += Character.charCount(c);
    }
    return target.build();
  }
}
