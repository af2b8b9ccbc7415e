package dev.sextant;

import java.io.Serial;

/** A file or text that is larger than {@link Limits} allow. Nothing was kept of it; a raised limit lets it pass. */
public final class LimitException extends SextantException {
  @Serial
  private static final long serialVersionUID = 1;

  private final String limit;
  private final long found;
  private final long allowed;

  /**
   * @param what is too large, to be followed by how much was found
   * @param limit the component of {@link Limits} that is in the way
   */
  public LimitException(String what, long found, String limit, long allowed) {
    super(what + " " + found + "; the limit " + limit + " allows " + allowed
        + ". Raise it with LoadOptions.withLimits if this is meant");
    this.limit = limit;
    this.found = found;
    this.allowed = allowed;
  }

  /** The component of {@link Limits} that was passed, such as {@code "headerBytes"}. */
  public String limit() {
    return limit;
  }

  /** How much was found or asked for. */
  public long found() {
    return found;
  }

  /** How much is allowed. */
  public long allowed() {
    return allowed;
  }
}
