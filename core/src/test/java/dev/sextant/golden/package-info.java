/** Models against the values of the reference. */
@NullMarked
package dev.sextant.golden;

import org.jspecify.annotations.NullMarked;
