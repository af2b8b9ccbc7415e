package dev.sextant.safetensors;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a header says about one tensor. Immutable.
 *
 * @param name any text, also the empty one
 * @param dtype type of the elements
 * @param shape size of each dimension, outermost first, none negative; empty for a scalar. Copied on the way in and out
 * @param offset byte at which the data begin, counted from the start of the file; not necessarily aligned to the
 *     elements
 * @param file the file that holds the data, as it was opened
 */
public record TensorInfo(String name, DType dtype, long[] shape, long offset, Path file) {
  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if a dimension or the offset is negative, or the size no whole number of bytes
   */
  public TensorInfo {
    shape = shape.clone();
    requireSized(name, dtype, shape);
    if (offset < 0) {
      throw new IllegalArgumentException("tensor " + Text.quote(name) + ": offset " + offset + " is negative");
    }
  }

  /** Refuses a shape that no tensor of the type can have. */
  static void requireSized(String name, DType dtype, long[] shape) {
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "tensor " + Text.quote(name) + ": shape " + Arrays.toString(shape) + " has a negative dimension");
      }
    }
    try {
      dtype.byteSize(shape);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "tensor " + Text.quote(name) + ": shape " + Arrays.toString(shape) + " of " + dtype + ": " + e.getMessage(),
          e);
    }
  }

  /** Size of each dimension, outermost first, as a copy. */
  @Override
  public long[] shape() {
    return shape.clone();
  }

  /** Number of dimensions; 0 for a scalar. */
  public int rank() {
    return shape.length;
  }

  /** Size of one dimension; 0 is the outermost. */
  public long dimension(int axis) {
    return shape[axis];
  }

  /** Number of elements: the product of the dimensions. */
  public long elements() {
    return DType.elements(shape);
  }

  /** Number of bytes the data take. */
  public long byteSize() {
    return dtype.byteSize(shape);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TensorInfo that && name.equals(that.name) && dtype == that.dtype
        && Arrays.equals(shape, that.shape) && offset == that.offset && file.equals(that.file);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Long.hashCode(offset);
  }

  @Override
  public String toString() {
    return Text.quote(name) + " " + dtype + Arrays.toString(shape) + " at byte " + offset + " of " + file;
  }
}
