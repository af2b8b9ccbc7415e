/** Samples to start from: each is one short program. The command line is in the package cli. */
@NullMarked
package dev.sextant.examples;

import org.jspecify.annotations.NullMarked;
