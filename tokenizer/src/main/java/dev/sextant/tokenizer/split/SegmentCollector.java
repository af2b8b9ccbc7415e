package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.TextPattern;

/** Makes pieces of segments; holds each back until it is known whether the next joins it. */
final class SegmentCollector implements TextPattern.Segments {
  private final Pieces pieces;
  private final Split split;
  private int heldFrom = -1; // nothing is held
  private int heldTo;
  private boolean heldIsMatch;

  SegmentCollector(Pieces pieces, Split split) {
    this.pieces = pieces;
    this.split = split;
  }

  @Override
  public void segment(int from, int to, boolean found) {
    boolean match = found != split.invert();
    if (heldFrom < 0 || !split.behavior().joins(heldIsMatch, match)) {
      flush();
      heldFrom = from;
    }
    heldTo = to;
    heldIsMatch = match;
  }

  /** Ends a range: no piece reaches over its end. */
  void flush() {
    if (heldFrom >= 0 && !(heldIsMatch && split.behavior() == SplitBehavior.REMOVED)) {
      pieces.add(heldFrom, heldTo);
    }
    heldFrom = -1;
  }
}
