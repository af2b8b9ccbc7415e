package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.TextPattern;

/**
 * Splits at the matches of a pattern.
 *
 * @param pattern where
 * @param behavior what becomes of the matches
 * @param invert whether matches and what lies between them change roles
 */
record Split(TextPattern pattern, SplitBehavior behavior, boolean invert) implements PreTokenizer {

  @Override
  public Pieces split(Pieces pieces) {
    String text = pieces.text().text();
    Pieces result = new Pieces(pieces.text(), text.length() / 4);
    SplitBehavior.Collector collector = behavior.collector(result);
    TextPattern.Segments segments = invert ? (from, to, match) -> collector.segment(from, to, !match) : collector;
    for (int i = 0; i < pieces.count(); i++) {
      pattern.segment(text, pieces.from(i), pieces.to(i), segments);
      collector.flush();
    }
    return result;
  }
}
