/** The kernels in terms of the Vector API: the only package that names it. */
@NullMarked
package dev.sextant.kernel.vector;

import org.jspecify.annotations.NullMarked;
