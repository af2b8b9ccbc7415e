/** Telling: a journey as text, as JSON, and as a page that opens without a network. */
@NullMarked
package dev.sextant.report;

import org.jspecify.annotations.NullMarked;
