package dev.sextant;

import java.io.Serial;

/** A text that is longer than the model's context. Nothing was computed. */
public final class ContextLimitException extends SextantException {
  @Serial
  private static final long serialVersionUID = 1;
  private final int tokens;
  private final int limit;

  ContextLimitException(int tokens, int limit) {
    super("a text of " + tokens + " tokens does not fit into the context of " + limit + " positions");
    this.tokens = tokens;
    this.limit = limit;
  }

  /** How long the text would have been. */
  public int tokens() {
    return tokens;
  }

  /** How long it may be. */
  public int limit() {
    return limit;
  }
}
