package dev.sextant;

import dev.sextant.report.text.Visible;

/**
 * A token and what the model gives it.
 *
 * @param id          the token's id
 * @param text        its text; empty where no tokenizer is known
 * @param probability in 0..1
 * @param logit       the model's logit, not divided by a temperature
 */
public record TokenProbability(int id, String text, double probability, float logit) {
  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "TokenProbability[id=" + id + ", text=" + Visible.quoted(text) + ", probability=" + probability + ", logit="
        + logit
        + "]";
  }
}
