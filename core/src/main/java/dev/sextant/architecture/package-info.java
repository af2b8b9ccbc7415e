/** Model families as data, and what a folder's config.json makes of them. */
@NullMarked
package dev.sextant.architecture;

import org.jspecify.annotations.NullMarked;
