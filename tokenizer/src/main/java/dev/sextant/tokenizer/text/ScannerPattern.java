package dev.sextant.tokenizer.text;

/**
 * A pattern known by heart: every stretch of text is a match.
 *
 * @param scanner finds the end of each
 */
record ScannerPattern(PieceScanner scanner) implements TextPattern {

  @Override
  public void segment(String text, int from, int to, Segments segments) {
    char[] range = new char[to - from];
    text.getChars(from, to, range, 0);
    for (int i = 0; i < range.length;) {
      int end = scanner.end(range, i, range.length);
      segments.segment(from + i, from + end, true);
      i = end;
    }
  }
}
