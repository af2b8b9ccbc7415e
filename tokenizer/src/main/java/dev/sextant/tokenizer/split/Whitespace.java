package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.CharClass;

/** Pieces are runs of word characters and runs of others, {@code \w+|[^\w\s]+}; white space vanishes. */
record Whitespace() implements PreTokenizer {
  private enum Kind {
    SPACE, WORD, OTHER
  }

  @Override
  public Pieces split(Pieces pieces) {
    String text = pieces.text().text();
    Pieces result = new Pieces(pieces.text(), text.length() / 4);
    for (int i = 0; i < pieces.count(); i++) {
      runs(text, pieces.from(i), pieces.to(i), result);
    }
    return result;
  }

  private static void runs(String text, int from, int to, Pieces result) {
    for (int start = from; start < to;) {
      Kind kind = kind(text.codePointAt(start));
      int end = start;
      while (end < to && kind(text.codePointAt(end)) == kind) {
        end += Character.charCount(text.codePointAt(end));
      }
      if (kind != Kind.SPACE) {
        result.add(start, end);
      }
      start = end;
    }
  }

  private static Kind kind(int codePoint) {
    return CharClass.isSpace(codePoint) ? Kind.SPACE : CharClass.isWord(codePoint) ? Kind.WORD : Kind.OTHER;
  }
}
