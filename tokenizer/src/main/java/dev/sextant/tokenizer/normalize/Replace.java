package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.LiteralPattern;
import dev.sextant.tokenizer.text.TextPattern;

/**
 * Replaces every match by a fixed text.
 *
 * @param pattern what is replaced
 * @param content what takes its place, literally
 */
record Replace(TextPattern pattern, String content) implements Normalizer {

  @Override
  public Aligned normalize(Aligned text) {
    if (pattern instanceof LiteralPattern(String literal) && literal.length() == 1 && content.length() == 1) {
      return text.withText(text.text().replace(literal, content)); // every place stays
    }
    Aligned.Builder target = new Aligned.Builder(text, text.length());
    pattern.segment(text.text(), 0, text.length(), (from, to, match) -> {
      if (match) {
        target.insert(content, to);
      } else {
        target.keep(from, to);
      }
    });
    return target.build();
  }
}
