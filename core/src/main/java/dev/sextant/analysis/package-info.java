/** Counts votes and reads layers, from what a pass was seen to do and the model's weights. */
@NullMarked
package dev.sextant.analysis;

import org.jspecify.annotations.NullMarked;
