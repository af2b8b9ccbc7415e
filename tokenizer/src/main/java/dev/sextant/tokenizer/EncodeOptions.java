package dev.sextant.tokenizer;

/**
 * How a text is encoded.
 *
 * @param addSpecialTokens whether the special tokens of the file's template, such as one for the beginning, are put
 *     around the text
 * @param parseSpecialTokens whether a special token that is spelled out in the text becomes that token; turn it off
 *     for text that is not trusted, which then cannot end a turn or begin another. Added tokens that the file does
 *     not call special are found either way
 */
public record EncodeOptions(boolean addSpecialTokens, boolean parseSpecialTokens) {
  /** Special tokens are added, and found in the text. */
  public static final EncodeOptions DEFAULT = new EncodeOptions(true, true);

  /** Special tokens are found in the text, none is added; for a rendered chat template. */
  public static final EncodeOptions AS_IS = new EncodeOptions(false, true);

  /** Special tokens are neither added nor found; for text that is not trusted. */
  public static final EncodeOptions TEXT_ONLY = new EncodeOptions(false, false);
}
