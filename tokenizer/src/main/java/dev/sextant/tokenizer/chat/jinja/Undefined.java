package dev.sextant.tokenizer.chat.jinja;

/**
 * What a missing name, attribute or item evaluates to: false, empty, printed as nothing; anything else fails with the
 * reason.
 */
record Undefined(String reason) {
  Failure failure() {
    return new Failure(reason);
  }
}
