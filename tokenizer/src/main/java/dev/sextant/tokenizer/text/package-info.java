/** Texts that remember where they came from, character classes, patterns. Not exported. */
@NullMarked
package dev.sextant.tokenizer.text;

import org.jspecify.annotations.NullMarked;
