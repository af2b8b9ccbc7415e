package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.architecture.Blueprint.Blocks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the scales of 8-bit matrices, in tensors beside them. Scales multiply, under either name. */
final class ScaleTensors {
  private static final Blocks USUAL = new Blocks(128, 128);
  private static final Blocks ALL = new Blocks(Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final Float8.Scales NONE = new Float8.Scales(ALL, 1, new float[] {1});

  private final Tensors tensors;
  private final Blocks blocks;
  private final boolean needed;

  ScaleTensors(Tensors tensors, @Nullable Blocks blocks) {
    this.tensors = tensors;
    this.blocks = blocks == null ? USUAL : blocks;
    this.needed = blocks != null;
  }

  /** The scales of a matrix: one, one for each row, or one for each block. */
  Float8.Scales of(String matrix, Shape shape) {
    List<String> names = Stream.of("_scale", "_scale_inv").map(matrix::concat).filter(tensors::contains).toList();
    if (names.size() > 1) throw new SextantException("tensor " + matrix + " has two tensors of scales: " + names);
    if (names.isEmpty() && !needed) return NONE;
    if (names.isEmpty()) {
      throw new SextantException("tensor " + matrix + " is of 8-bit floats, and neither " + matrix + "_scale nor "
          + matrix + "_scale_inv is there");
    }
    return read(names.getFirst(), shape);
  }

  private Float8.Scales read(String name, Shape shape) {
    long[] found = tensors.shape(name);
    int down = Math.ceilDiv(shape.rows(), blocks.rows());
    int across = Math.ceilDiv(shape.columns(), blocks.columns());
    if (tensors.elements(name) == 1) return new Float8.Scales(ALL, 1, tensors.floats(name, 1));
    if (Arrays.equals(found, new long[] {down, across})) {
      return new Float8.Scales(blocks, across, tensors.floats(name, Math.multiplyExact(down, across)));
    }
    if (Arrays.equals(found, new long[] {shape.rows(), 1}) || Arrays.equals(found, new long[] {shape.rows()})) {
      return new Float8.Scales(new Blocks(1, Integer.MAX_VALUE), 1, tensors.floats(name, shape.rows()));
    }
    throw new SextantException(
        "tensor " + name + " has shape " + Arrays.toString(found) + "; expected one scale, one for"
            + " each of " + shape.rows() + " rows, or [" + down + ", " + across + "], one for each block of "
            + blocks.rows() + " x " + blocks.columns());
  }
}
