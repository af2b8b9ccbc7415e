/** The small part of JSON handling the tokenizer needs. Not exported. */
@NullMarked
package dev.sextant.tokenizer.json;

import org.jspecify.annotations.NullMarked;
