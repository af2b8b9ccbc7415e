/** One class per kind of file that strangers write: any bytes give a result or an exception of ours, nothing else. */
@NullMarked
package dev.sextant.fuzz;

import org.jspecify.annotations.NullMarked;
