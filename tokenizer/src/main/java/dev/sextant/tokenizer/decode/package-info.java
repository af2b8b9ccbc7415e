/** The decoders of tokenizer.json: ids become text again, whole or as a stream. Not exported. */
@NullMarked
package dev.sextant.tokenizer.decode;

import org.jspecify.annotations.NullMarked;
