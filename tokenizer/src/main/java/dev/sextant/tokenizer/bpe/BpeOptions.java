package dev.sextant.tokenizer.bpe;

import org.jspecify.annotations.Nullable;

/**
 * How the model treats the symbols of a piece before merging.
 *
 * @param unknownToken takes the place of symbols that are not in the vocabulary; null: they vanish
 * @param fuseUnknown whether neighbouring unknown symbols become one token
 * @param byteFallback whether an unknown symbol is written as {@code <0xHH>} tokens, if all its bytes have one
 * @param ignoreMerges whether a piece that is in the vocabulary is one token, whatever the merges say
 * @param continuingPrefix stands before every symbol but the first; may be empty
 * @param endSuffix stands behind the last symbol; may be empty
 */
public record BpeOptions(@Nullable String unknownToken, boolean fuseUnknown, boolean byteFallback,
    boolean ignoreMerges, String continuingPrefix, String endSuffix) {}
