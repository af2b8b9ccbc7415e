package dev.sextant;

/** Why a generation ended. */
public enum StopReason {
  /** The model produced a token that ends a text. */
  END_TOKEN,
  /** A stop string appeared. */
  STOP_STRING,
  /** As many tokens as asked for. */
  LENGTH,
  /** The context is full, or {@link Limits} allow no more keys and values. */
  CONTEXT,
  /** The caller cancelled, or the thread was interrupted (its flag stays set), perhaps while the prompt was read. */
  CANCELLED
}
