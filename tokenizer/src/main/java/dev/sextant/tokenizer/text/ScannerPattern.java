package dev.sextant.tokenizer.text;

/**
 * A pattern known by heart: every stretch of text is a match.
 *
 * @param scanner finds the end of each
 */
record ScannerPattern(PieceScanner scanner) implements TextPattern {

  @Override
  public void segment(String text, int from, int to, Segments segments) {
    for (int i = from; i < to;) {
      int end = scanner.end(text, i, to);
      segments.segment(i, end, true);
      i = end;
    }
  }
}
