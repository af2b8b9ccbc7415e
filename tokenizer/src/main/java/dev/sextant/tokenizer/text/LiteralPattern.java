package dev.sextant.tokenizer.text;

/**
 * Matches a text literally.
 *
 * @param literal what is looked for; the empty text matches nothing
 */
public record LiteralPattern(String literal) implements TextPattern {

  @Override
  public void segment(String text, int from, int to, Segments segments) {
    int done = from;
    for (int at = find(text, from, to); at >= 0; at = find(text, done, to)) {
      if (at > done) {
        segments.segment(done, at, false);
      }
      done = at + literal.length();
      segments.segment(at, done, true);
    }
    if (done < to) {
      segments.segment(done, to, false);
    }
  }

  private int find(String text, int from, int to) {
    return literal.isEmpty() ? -1 : text.indexOf(literal, from, to);
  }
}
