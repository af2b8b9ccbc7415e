package dev.sextant;

import java.io.Serial;

/** A model was used after it was closed, or closed while a pass was running. */
public final class ModelClosedException extends IllegalStateException {
  @Serial
  private static final long serialVersionUID = 1;

  ModelClosedException() {
    super("the model is closed");
  }
}
