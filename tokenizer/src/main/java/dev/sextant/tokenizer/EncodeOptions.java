package dev.sextant.tokenizer;

/**
 * How a text is encoded. Immutable.
 *
 * <p>Three levels of trust: {@link #AS_IS} for text that this program wrote, {@link #TEXT_ONLY} for text in which
 * nothing may steer the model but unofficial marks such as {@code <think>} keep their meaning, and
 * {@link #PLAIN_TEXT} for text that must be text to the last character.
 *
 * @param addSpecialTokens whether the special tokens of the file's template, such as one for the beginning, are put
 *     around the text
 * @param recognition which added tokens are found where the text spells them out
 * @param truncate whether the file's truncation, if it describes one, is applied
 * @param pad whether the file's padding, if it describes one, is applied
 */
public record EncodeOptions(boolean addSpecialTokens, Recognition recognition, boolean truncate, boolean pad) {

  /** Special tokens are added, and found in the text. */
  public static final EncodeOptions DEFAULT = new EncodeOptions(true, true);

  /** Special tokens are found in the text, none is added; for a rendered chat template. */
  public static final EncodeOptions AS_IS = new EncodeOptions(false, true);

  /** Special tokens are neither added nor found; other added tokens are found. For text that is not trusted. */
  public static final EncodeOptions TEXT_ONLY = new EncodeOptions(false, false);

  /** No added token is found and none is added; for text that is not trusted in any way. */
  public static final EncodeOptions PLAIN_TEXT = new EncodeOptions(false, Recognition.NONE, false, false);

  /**
   * Without truncation and padding.
   *
   * @param parseSpecialTokens whether a special token that is spelled out in the text becomes that token
   */
  public EncodeOptions(boolean addSpecialTokens, boolean parseSpecialTokens) {
    this(addSpecialTokens, parseSpecialTokens ? Recognition.ALL : Recognition.NOT_SPECIAL, false, false);
  }

  /** Whether a special token that is spelled out in the text becomes that token. */
  public boolean parseSpecialTokens() {
    return recognition == Recognition.ALL;
  }

  /** The same, but other added tokens are found. */
  public EncodeOptions withRecognition(Recognition other) {
    return new EncodeOptions(addSpecialTokens, other, truncate, pad);
  }

  /** The same with the file's truncation. */
  public EncodeOptions truncated() {
    return new EncodeOptions(addSpecialTokens, recognition, true, pad);
  }

  /** The same with the file's padding. */
  public EncodeOptions padded() {
    return new EncodeOptions(addSpecialTokens, recognition, truncate, true);
  }
}
