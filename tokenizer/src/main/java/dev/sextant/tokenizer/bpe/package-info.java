/** Vocabulary, merges, added tokens: pieces become ids. Not exported. */
@NullMarked
package dev.sextant.tokenizer.bpe;

import org.jspecify.annotations.NullMarked;
