package dev.sextant.explain;

import dev.sextant.report.text.Visible;
import dev.sextant.tokenizer.Merge;
import dev.sextant.tokenizer.Tokenizer;
import dev.sextant.tokenizer.TracedToken;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How merges made a token out of single symbols (byte pair encoding; Sennrich et al., arXiv:1508.07909), spelled so that
 * people can read it: with real spaces, and bytes that are no whole character as {@code <0xHH>}.
 *
 * @param id the token's id
 * @param text its text
 * @param steps the merges in the order in which they happen; none if it is a single symbol or was taken as a whole
 */
public record TokenMerges(int id, String text, List<Step> steps) {
  public TokenMerges { steps = List.copyOf(steps); }

  /**
   * One merge.
   *
   * @param rank how early it comes in the tokenizer's list, from 0: of all possible merges the lowest goes first
   */
  public record Step(int rank, String left, String right, String merged) {
    /** Such as {@code "s" + "t" → "st" (rank 12)}. */
    @Override
    public String toString() {
      return Visible.quoted(left) + " + " + Visible.quoted(right) + " → " + Visible.quoted(merged) + " (rank " + rank
          + ")";
    }
  }

  /** For each token of a text, special tokens that the tokenizer adds included. */
  public static List<TokenMerges> of(Tokenizer tokenizer, String text) {
    return tokenizer.trace(text).stream().map(token -> readable(tokenizer, token)).toList();
  }

  /** For one token, wherever it stands: merges within a token happen in the same order whatever is beside it. */
  public static TokenMerges of(Tokenizer tokenizer, int id) {
    return new TokenMerges(id, tokenizer.textOf(id), steps(tokenizer, tokenizer.mergesOf(id)));
  }

  private static TokenMerges readable(Tokenizer tokenizer, TracedToken token) {
    return new TokenMerges(token.id(), tokenizer.textOf(token.id()), steps(tokenizer, token.merges()));
  }

  private static List<Step> steps(Tokenizer tokenizer, List<Merge> merges) {
    return merges.stream().map(merge -> new Step(merge.rank(), text(tokenizer, merge.left()),
        text(tokenizer, merge.right()), text(tokenizer, merge.merged()))).toList();
  }

  /** The text of a token that the vocabulary spells so. */
  private static String text(Tokenizer tokenizer, String spelling) {
    return tokenizer.textOf(tokenizer.idOf(spelling).orElseThrow());
  }

  /** A line for the token and one for each merge. */
  @Override
  public String toString() {
    String token = Visible.quoted(text) + ", id " + id;
    if (steps.isEmpty()) return token + ": whole";
    return token + ":\n" + steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n"));
  }
}
