package dev.sextant;

import dev.sextant.architecture.Architecture;
import dev.sextant.kernel.Matrix;
import dev.sextant.safetensors.DType;
import dev.sextant.weights.Inventory;
import dev.sextant.weights.Weights;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A tensor as a saved folder has it.
 *
 * @param name its role's
 * @param dtype U8 for a quantised matrix, which is there as it lies in memory
 * @param shape of a quantised matrix: its bytes
 * @param data little-endian
 */
record SavedTensor(String name, DType dtype, long[] shape, MemorySegment data) {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** All of a model, in such an order that each lies aligned in the file: the quantised, then the larger numbers first. */
  static List<SavedTensor> all(Weights weights, Architecture names) throws IOException {
    List<SavedTensor> all = new ArrayList<>();
    Inventory.visit(weights, names, new Inventory.Visitor() {
      @Override
      public void matrix(String name, Matrix matrix) {
        all.add(of(name, matrix));
      }

      @Override
      public void vector(String name, float[] vector) {
        all.add(of(name, vector));
      }
    });
    all.sort(Comparator.comparing(tensor -> tensor.dtype == DType.U8 ? 0 : tensor.dtype == DType.F32 ? 1 : 2));
    return all;
  }

  private static SavedTensor of(String name, Matrix matrix) {
    DType dtype = switch (matrix) {
      case Matrix.F32 _ -> DType.F32;
      case Matrix.BF16 _ -> DType.BF16;
      case Matrix.F16 _ -> DType.F16;
      case Matrix.Quantized _ -> DType.U8;
    };
    long[] shape = dtype == DType.U8 ? new long[] {matrix.data().byteSize()}
        : new long[] {matrix.rows(), matrix.columns()};
    return new SavedTensor(name, dtype, shape, matrix.data());
  }

  private static SavedTensor of(String name, float[] vector) {
    MemorySegment data = MemorySegment.ofArray(new byte[vector.length * Float.BYTES]);
    MemorySegment.copy(vector, 0, data, FLOAT, 0, vector.length);
    return new SavedTensor(name, DType.F32, new long[] {vector.length}, data);
  }
}
