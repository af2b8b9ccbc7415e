/** From logits to the next token: filters, the choice among what they leave, and where a text stops. */
@NullMarked
package dev.sextant.decode;

import org.jspecify.annotations.NullMarked;
