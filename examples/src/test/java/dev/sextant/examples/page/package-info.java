/** The page of a journey, in a real browser. */
@org.jspecify.annotations.NullMarked
package dev.sextant.examples.page;
