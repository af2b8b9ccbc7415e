package dev.sextant.tokenizer.normalize;

import dev.sextant.tokenizer.text.Aligned;
import dev.sextant.tokenizer.text.CharClass;

/**
 * Removes white space at the ends.
 *
 * @param left whether at the beginning
 * @param right whether at the end
 */
record Strip(boolean left, boolean right) implements Normalizer {

  @Override
  public Aligned normalize(Aligned text) {
    String from = text.text();
    int start = 0;
    int end = from.length();
    while (left && start < end && CharClass.isSpace(from.charAt(start))) {
      start++;
    }
    while (right && end > start && CharClass.isSpace(from.charAt(end - 1))) {
      end--;
    }
    return start == 0 && end == from.length()
        ? text
        : new Aligned.Builder(text, end - start).keep(start, end).build();
  }
}
