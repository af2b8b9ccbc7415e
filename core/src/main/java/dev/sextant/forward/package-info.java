/** The forward pass: the itinerary of a token through the layers. */
@NullMarked
package dev.sextant.forward;

import org.jspecify.annotations.NullMarked;
