/**
 * Understanding: what parts of a model spoke for a token, what it would have said layer by layer, and what can be said of
 * texts, vectors and heads.
 */
@NullMarked
package dev.sextant.explain;

import org.jspecify.annotations.NullMarked;
