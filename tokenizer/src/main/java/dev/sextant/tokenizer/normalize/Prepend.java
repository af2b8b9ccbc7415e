package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.text.Aligned;

/**
 * Puts a text in front of every text that is not empty.
 *
 * @param prefix what is put there
 */
record Prepend(String prefix) implements Normalizer {

  @Override
  public Aligned normalize(Aligned text) {
    if (text.length() == 0) {
      return text;
    }
    Aligned.Builder target = new Aligned.Builder(text, text.length() + prefix.length());
    prefix.codePoints().forEach(c -> target.put(c, 0));
    return target.keep(0, text.length()).build();
  }
}
