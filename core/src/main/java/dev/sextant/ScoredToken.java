package dev.sextant;

import dev.sextant.report.text.Visible;

/**
 * A token of a text and how probable it was.
 *
 * @param position in the text, from 1: the first token, at 0, is not scored
 * @param id the token's id
 * @param text its text; empty where no tokenizer is known
 * @param logProbability natural logarithm of its probability behind the tokens before it, at most 0
 */
public record ScoredToken(int position, int id, String text, double logProbability) {
  /** Minus the logarithm of the probability, in nats: how surprising the token was. */
  public double surprisal() {
    return 0.0 - logProbability;
  }

  /** In 0..1. */
  public double probability() {
    return Math.exp(logProbability);
  }

  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "ScoredToken[position=" + position + ", id=" + id + ", text=" + Visible.quoted(text) + ", logProbability="
        + logProbability + "]";
  }
}
