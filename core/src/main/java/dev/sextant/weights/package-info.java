/** Trained tensors, found by name, checked against the configuration, and bound to their roles. */
@NullMarked
package dev.sextant.weights;

import org.jspecify.annotations.NullMarked;
