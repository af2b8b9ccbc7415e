package dev.sextant;

/**
 * What a model said in one place of a given text, and what came there.
 *
 * @param position of the token that came, from 1
 * @param id the token that came
 * @param distribution what the model said in its place, given those before it
 */
public record Prediction(int position, int id, Distribution distribution) {
  /** Natural logarithm of the probability of the token that came. */
  public double logProbability() {
    return distribution.logProbability(id);
  }

  /** Whether the model would have chosen the token that came. */
  public boolean isHit() {
    return distribution.argmax() == id;
  }
}
