/** What several tests share. */
@NullMarked
package dev.sextant.testing;

import org.jspecify.annotations.NullMarked;
