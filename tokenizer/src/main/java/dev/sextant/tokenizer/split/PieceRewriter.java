package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.text.Aligned;

/** Rewrites pieces one by one. */
final class PieceRewriter {
  /** Appends what becomes of a range of the old text. */
  @FunctionalInterface
  interface Rewriting {
    void rewrite(Aligned.Builder target, int from, int to);
  }

  private PieceRewriter() {}

  /** As many pieces, over the new text. */
  static Pieces rewrite(Pieces pieces, Rewriting rewriting) {
    Aligned.Builder target = new Aligned.Builder(pieces.text(), pieces.text().length() + pieces.count());
    int[] ends = new int[pieces.count()];
    for (int i = 0; i < ends.length; i++) {
      rewriting.rewrite(target, pieces.from(i), pieces.to(i));
      ends[i] = target.length();
    }
    Pieces result = new Pieces(target.build(), ends.length);
    int from = 0;
    for (int to : ends) {
      result.add(from, to);
      from = to;
    }
    return result;
  }
}
