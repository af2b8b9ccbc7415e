package dev.sextant.safetensors;

import java.io.Serial;

/** A safetensors file, index or folder that does not follow the format; the message names file, tensor and reason. */
public final class SafetensorsException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  public SafetensorsException(String message) {
    super(message);
  }

  public SafetensorsException(String message, Throwable cause) {
    super(message, cause);
  }
}
