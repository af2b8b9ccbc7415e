/** Understanding: what parts of a model spoke for a token, and what it would have said layer by layer. */
@NullMarked
package dev.sextant.explain;

import org.jspecify.annotations.NullMarked;
