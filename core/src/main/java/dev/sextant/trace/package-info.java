/** Looking on: the stations of the forward pass and those who watch them. */
@NullMarked
package dev.sextant.trace;

import org.jspecify.annotations.NullMarked;
