/** The arithmetic of a forward pass: matrices, rows of activations, attention, elementwise functions, threads. */
@NullMarked
package dev.sextant.kernel;

import org.jspecify.annotations.NullMarked;
