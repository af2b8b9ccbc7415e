package dev.sextant.explain;

/**
 * What one part said in two journeys.
 *
 * @param part who
 * @param before in logits, in the first
 * @param after in logits, in the second
 */
public record VoteChange(Part part, double before, double after) {
  /** What changed, in logits. */
  public double change() {
    return after - before;
  }

  /** Whether it spoke for the token in one and against it in the other. */
  public boolean isTurned() {
    return before > 0 && after < 0 || before < 0 && after > 0;
  }
}
