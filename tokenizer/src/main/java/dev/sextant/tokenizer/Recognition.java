package dev.sextant.tokenizer;

/**
 * Which added tokens, such as {@code <|im_end|>}, are found where a text spells them out. What is not found is text
 * like any other, and cannot steer a model.
 */
public enum Recognition {
  /** All; for text that this program wrote, such as a rendered chat template. */
  ALL,
  /**
   * Those that the file does not call special. Text cannot end a turn or begin another, but may hold tokens with a
   * meaning to some models, such as {@code <think>} or {@code <tool_call>}.
   */
  NOT_SPECIAL,
  /** None; for text that is not trusted in any way. */
  NONE;

  /** Whether a token is found, by whether the file calls it special. */
  public boolean finds(boolean special) {
    return this == ALL || this == NOT_SPECIAL && !special;
  }
}
