/** Those who are called at the stations of a running pass: onlookers, recorders, and those who change what is there. */
@NullMarked
package dev.sextant.visit;

import org.jspecify.annotations.NullMarked;
