/** Situations that users of model loaders reported, with their right outcomes. */
@NullMarked
package dev.sextant.cases;

import org.jspecify.annotations.NullMarked;
