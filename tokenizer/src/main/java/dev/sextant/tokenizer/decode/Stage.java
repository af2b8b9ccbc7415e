package dev.sextant.tokenizer.decode;

/** Takes tokens, each as one or more fragments of text, and passes on what it makes of them. Not for two threads. */
public interface Stage {
  /** More text of the current token. */
  void text(String fragment);

  /** The current token is complete. */
  void endToken();

  /** No more tokens come. */
  void end();
}
