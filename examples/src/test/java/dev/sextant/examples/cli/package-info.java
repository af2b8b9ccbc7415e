@NullMarked
package dev.sextant.examples.cli;

import org.jspecify.annotations.NullMarked;
