package dev.sextant;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What went wrong with a model, its files or its numbers: what was found, where, and what was expected. */
public class SextantException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  public SextantException(String message) {
    super(message);
  }

  public SextantException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
