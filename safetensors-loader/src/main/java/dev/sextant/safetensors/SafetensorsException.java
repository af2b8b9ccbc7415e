package dev.sextant.safetensors;

import java.io.Serial;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A safetensors file, index or folder that does not follow the format; the message names file, tensor and reason. */
public sealed class SafetensorsException extends RuntimeException permits HeaderLimitException {
  @Serial
  private static final long serialVersionUID = 1;
  private static final int PATH_CHARACTERS = 500;

  private final @Nullable String file;
  private final @Nullable String tensor;

  /** With a message for people, about no file in particular. */
  public SafetensorsException(String message) {
    super(message);
    file = null;
    tensor = null;
  }

  /** With a message for people, about no file in particular, and what led to it. */
  public SafetensorsException(String message, Throwable cause) {
    super(message, cause);
    file = null;
    tensor = null;
  }

  /** About a file, or about one tensor in it when {@code tensor} is given. */
  SafetensorsException(Path file, @Nullable String tensor, String reason, @Nullable Throwable cause) {
    super(Text.printable(file.toString(), PATH_CHARACTERS) + ": "
        + (tensor == null ? "" : "tensor " + Text.quote(tensor) + ": ") + reason, cause);
    this.file = file.toString();
    this.tensor = tensor;
  }

  static SafetensorsException in(Path file, String reason) {
    return new SafetensorsException(file, null, reason, null);
  }

  static SafetensorsException in(Path file, @Nullable String tensor, String reason) {
    return new SafetensorsException(file, tensor, reason, null);
  }

  /** The file at fault, as it was opened; null where the fault is not one file's. */
  public @Nullable String file() {
    return file;
  }

  /** The name of the tensor at fault, unescaped and in full; null where the fault is not one tensor's. */
  public @Nullable String tensor() {
    return tensor;
  }
}
