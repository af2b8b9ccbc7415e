package dev.sextant.safetensors;

import java.io.Serial;
import java.nio.file.Path;

/** A header or index that is legal, and longer than the caller of {@link Safetensors#open(Path, long)} allows. */
public final class HeaderLimitException extends SafetensorsException {
  @Serial
  private static final long serialVersionUID = 1;

  private final long found;
  private final long allowed;

  HeaderLimitException(Path file, String what, long found, long allowed) {
    super(file, null, "has " + what + " of " + found + " bytes; the caller allows " + allowed, null);
    this.found = found;
    this.allowed = allowed;
  }

  /** How many bytes it has. */
  public long found() {
    return found;
  }

  /** How many it may have. */
  public long allowed() {
    return allowed;
  }
}
