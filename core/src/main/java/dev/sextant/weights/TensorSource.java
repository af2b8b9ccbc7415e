package dev.sextant.weights;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Tensors by name, wherever they come from. All that binding weights needs to know of a file format. */
public interface TensorSource {
  /** The names of all tensors. */
  List<String> names();

  boolean contains(String name);

  /** What is known of a tensor. */
  Info info(String name);

  /** Its numbers, row-major and little-endian; stays valid until the source is closed. */
  MemorySegment segment(String name);

  /**
   * Shape and storage of one tensor.
   *
   * @param dtype how each number is stored, as safetensors names it: F32, BF16, F16, F64, I8 …
   * @param shape sizes, outermost first; empty for a single number
   */
  record Info(String dtype, long[] shape) {}
}
