/** Formulae that more than one package needs. */
@NullMarked
package dev.sextant.numeric;

import org.jspecify.annotations.NullMarked;
