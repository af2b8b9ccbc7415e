/**
 * Tensors by name from safetensors files, mapped and never copied, and a writer of the same format.
 *
 * <p>{@link dev.sextant.safetensors.Safetensors#open Safetensors.open} is the way in. The format: eight bytes of header
 * length (little endian), a JSON object that gives type, shape and place of each tensor, then the bytes of the tensors
 * without gaps (<a href="https://github.com/huggingface/safetensors#format">specification</a>).
 */
@NullMarked
package dev.sextant.safetensors;

import org.jspecify.annotations.NullMarked;
