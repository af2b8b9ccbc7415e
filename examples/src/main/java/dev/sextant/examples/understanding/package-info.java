/** Samples of docs/understanding.md: each is one short program. */
@NullMarked
package dev.sextant.examples.understanding;

import org.jspecify.annotations.NullMarked;
