/** Understanding: which parts of a model spoke for a token, and what can be said of its vectors, heads and distributions. */
@NullMarked
package dev.sextant.explain;

import org.jspecify.annotations.NullMarked;
