/** The normalizers of tokenizer.json. Not exported. */
@NullMarked
package dev.sextant.tokenizer.normalize;

import org.jspecify.annotations.NullMarked;
