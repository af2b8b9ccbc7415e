package dev.sextant.tokenizer.text;

import java.util.function.IntPredicate;

/**
 * Matches single characters of a class.
 *
 * @param member whether a code point belongs to it
 */
public record ClassPattern(IntPredicate member) implements TextPattern {

  @Override
  public void segment(String text, int from, int to, Segments segments) {
    int done = from;
    for (int i = from; i < to;) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (member.test(c)) {
        if (i > done) {
          segments.segment(done, i, false);
        }
        segments.segment(i, next, true);
        done = next;
      }
      i = next;
    }
    if (done < to) {
      segments.segment(done, to, false);
    }
  }
}
