package dev.sextant.tokenizer;

import dev.sextant.tokenizer.text.Printable;
import java.io.Serial;

/** A tokenizer file that cannot be read or asks for something unsupported; the message names file, place and reason. */
public final class TokenizerException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  public TokenizerException(String message) {
    super(Printable.message(message));
  }

  public TokenizerException(String message, Throwable cause) {
    super(Printable.message(message), cause);
  }
}
