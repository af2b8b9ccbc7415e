/** The pre-tokenizers of tokenizer.json: a text is cut into pieces that merges never cross. Not exported. */
@NullMarked
package dev.sextant.tokenizer.split;

import org.jspecify.annotations.NullMarked;
