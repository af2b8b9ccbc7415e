/** Tensors by name from safetensors files. */
@NullMarked
package dev.sextant.safetensors;

import org.jspecify.annotations.NullMarked;
