/** Text to token ids and back. */
@NullMarked
package dev.sextant.tokenizer;

import org.jspecify.annotations.NullMarked;
