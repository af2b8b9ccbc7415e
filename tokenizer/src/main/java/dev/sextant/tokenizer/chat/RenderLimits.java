package dev.sextant.tokenizer.chat;

/**
 * How much one rendering may do. A template comes with the model, from strangers: these bounds end one that would run
 * or grow without end. Immutable.
 *
 * @param steps the most steps of evaluation (an operation, a statement, or 64 characters or 16 values copied); positive
 * @param characters the longest text, in UTF-16 units, that the template may make or print; positive
 */
public record RenderLimits(long steps, int characters) {
  /** Far beyond any real conversation: 20 million steps, 64 million characters. */
  public static final RenderLimits DEFAULT = new RenderLimits(20_000_000, 64_000_000);

  public RenderLimits {
    if (steps <= 0 || characters <= 0) {
      throw new IllegalArgumentException(
          "steps is " + steps + " and characters is " + characters + "; both must be positive");
    }
  }
}
