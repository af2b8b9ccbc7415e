package dev.sextant.tokenizer.bpe;

import java.util.ArrayList;
import java.util.List;

/**
 * How merges make a token. It does not matter in which text the token stands: merges within it happen in the same
 * order, whatever stands beside it.
 */
final class Derivation {
  private final Vocabulary vocabulary;
  private final BpeOptions options;

  Derivation(Vocabulary vocabulary, BpeOptions options) {
    this.vocabulary = vocabulary;
    this.options = options;
  }

  /** The merges that make a token, in order; empty if there are none or they do not lead to it. */
  List<Bpe.Step> steps(int id, MergeTable merges) {
    Word word = new Word();
    String token = vocabulary.token(id);
    if (token == null || !addSymbols(token, word)) {
      return List.of();
    }
    List<Bpe.Step> steps = new ArrayList<>();
    word.merge(merges, (rank, left, right, merged) -> steps.add(new Bpe.Step(rank, left, right, merged)));
    return word.size() == 1 && word.id(0) == id ? List.copyOf(steps) : List.of();
  }

  /** Takes a token apart into the symbols it began as; false if the vocabulary lacks one. */
  private boolean addSymbols(String token, Word word) {
    String prefix = options.continuingPrefix();
    String suffix = options.endSuffix();
    boolean continues = !prefix.isEmpty() && token.startsWith(prefix);
    boolean ends = !suffix.isEmpty() && token.endsWith(suffix);
    int to = token.length() - (ends ? suffix.length() : 0);
    for (int i = continues ? prefix.length() : 0, next; i < to; i = next) {
      next = i + Character.charCount(token.codePointAt(i));
      boolean first = word.size() == 0 && !continues;
      int id = vocabulary.id(
          (first ? "" : prefix) + token.substring(i, Math.min(next, to)) + (next >= to && ends ? suffix : ""));
      if (id < 0) {
        return false;
      }
      word.add(id, 1);
    }
    return word.size() > 0;
  }
}
