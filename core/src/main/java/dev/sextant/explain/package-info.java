/** What can be said about a model's numbers: distributions, texts, vectors and heads. */
@NullMarked
package dev.sextant.explain;

import org.jspecify.annotations.NullMarked;
