package dev.sextant.tokenizer.chat.jinja;

import java.io.Serial;

/** Why an evaluation fails, thrown where the place in the template is not known; {@link Evaluator} adds it. */
final class Failure extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message, null, false, false);
  }
}
