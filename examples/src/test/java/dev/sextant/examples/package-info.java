@NullMarked
package dev.sextant.examples;

import org.jspecify.annotations.NullMarked;
