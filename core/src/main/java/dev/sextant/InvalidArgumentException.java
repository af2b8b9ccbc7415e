package dev.sextant;

import java.io.Serial;

/** An argument outside its range: names the parameter, the value found and the values allowed. */
public final class InvalidArgumentException extends IllegalArgumentException {
  @Serial
  private static final long serialVersionUID = 1;

  public InvalidArgumentException(String message) {
    super(message);
  }
}
