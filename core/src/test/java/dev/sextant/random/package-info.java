/** Properties that must hold for any model: models with random settings and random weights. */
@NullMarked
package dev.sextant.random;

import org.jspecify.annotations.NullMarked;
