package dev.sextant.tokenizer.post;

import org.jspecify.annotations.Nullable;

/**
 * What a file says about the length of encodings; applied where a caller asks for it.
 *
 * @param truncation the most tokens; null if there is no limit
 * @param padding the least tokens; null if there is none
 */
public record Limits(@Nullable Truncation truncation, @Nullable Padding padding) {
  public static final Limits NONE = new Limits(null, null);
}
