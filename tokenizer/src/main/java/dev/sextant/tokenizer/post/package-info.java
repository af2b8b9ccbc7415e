/** The post-processors of tokenizer.json: special tokens around the text. Not exported. */
@NullMarked
package dev.sextant.tokenizer.post;

import org.jspecify.annotations.NullMarked;
