/** Malformed files, faults in the middle, limits: a clear error, and nothing lost. */
@NullMarked
package dev.sextant.trust;

import org.jspecify.annotations.NullMarked;
