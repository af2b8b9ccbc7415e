package dev.sextant.benchmarks;

import dev.sextant.kernel.Kernels;
import dev.sextant.kernel.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/** Matrices of small random numbers, off the heap like mapped ones. */
final class RandomWeights {
  private RandomWeights() {}

  static Matrix matrix(String type, int rows, int columns, Arena arena) {
    SplittableRandom random = new SplittableRandom(42);
    long count = (long) rows * columns;
    MemorySegment data = arena.allocate(count * (type.equals("F32") ? 4 : 2), 64);
    for (long i = 0; i < count; i++) {
      float value = random.nextFloat() - 0.5f;
      switch (type) {
        case "F32" -> data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
        case "BF16" -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
        case "F16" -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(value));
        default -> throw new IllegalArgumentException(type);
      }
    }
    return switch (type) {
      case "F32" -> new Matrix.F32(data, rows, columns);
      case "BF16" -> new Matrix.BF16(data, rows, columns);
      default -> new Matrix.F16(data, rows, columns);
    };
  }

  static float[] vector(int length) {
    SplittableRandom random = new SplittableRandom(7);
    float[] vector = new float[length];
    for (int i = 0; i < length; i++) vector[i] = random.nextFloat() - 0.5f;
    return vector;
  }

  static Kernels kernels(String name) {
    Kernels kernels = name.equals("scalar") ? Kernels.scalar() : Kernels.fastest();
    if (!kernels.name().equals(name)) throw new IllegalStateException(name + " kernels are not available here");
    return kernels;
  }
}
