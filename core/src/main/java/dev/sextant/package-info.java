/** A model, its sessions, and what it says next. */
@NullMarked
package dev.sextant;

import org.jspecify.annotations.NullMarked;
