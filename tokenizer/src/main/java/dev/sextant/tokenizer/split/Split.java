package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.PieceScanner;
import dev.sextant.tokenizer.text.TextPattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits at the matches of a pattern.
 *
 * @param pattern where
 * @param behavior what becomes of the matches
 * @param invert whether matches and what lies between them change roles
 */
record Split(TextPattern pattern, SplitBehavior behavior, boolean invert) implements PreTokenizer {

  @Override
  public @Nullable PieceScanner scanner() {
    // A scanner's matches leave nothing between them: to keep what is no match, inverted, is to keep all.
    boolean eachIsPiece = behavior == SplitBehavior.ISOLATED || behavior == SplitBehavior.REMOVED && invert;
    return eachIsPiece ? pattern.scanner() : null;
  }

  @Override
  public Pieces split(Pieces pieces) {
    String text = pieces.text().text();
    Pieces result = new Pieces(pieces.text(), text.length() / 4);
    SegmentCollector collector = new SegmentCollector(result, this);
    for (int i = 0; i < pieces.count(); i++) {
      pattern.segment(text, pieces.from(i), pieces.to(i), collector);
      collector.flush();
    }
    return result;
  }
}
