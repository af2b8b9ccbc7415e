package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Tiles.load;
import static dev.sextant.kernel.vector.Tiles.spread;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Searching and counting: which of many numbers are larger than one. */
final class Comparisons {
  /** See {@link dev.sextant.kernel.Kernels#firstAbove}. */
  static int firstAbove(float[] x, int from, int to, float bound) {
    FloatVector bounds = spread(bound);
    int i = from;
    for (; i <= to - COUNT; i += COUNT) {
      VectorMask<Float> below = load(x, i).compare(LE, bounds); // false for NaN
      if (!below.allTrue()) return i + below.not().firstTrue();
    }
    while (i < to && x[i] <= bound) i++;
    return i;
  }

  /** See {@link dev.sextant.kernel.Kernels#rank}. */
  static int rank(float[] x, int from, int to, int place) {
    return notBelow(x, from, place, x[place]) + above(x, place + 1, to, x[place]);
  }

  private static int notBelow(float[] x, int from, int to, float value) {
    FloatVector values = spread(value);
    int count = 0;
    int i = from;
    for (; i <= to - COUNT; i += COUNT) count += load(x, i).compare(GE, values).trueCount();
    for (; i < to; i++) if (x[i] >= value) count++;
    return count;
  }

  private static int above(float[] x, int from, int to, float value) {
    FloatVector values = spread(value);
    int count = 0;
    int i = from;
    for (; i <= to - COUNT; i += COUNT) count += load(x, i).compare(GT, values).trueCount();
    for (; i < to; i++) if (x[i] > value) count++;
    return count;
  }

  private Comparisons() {}
}
