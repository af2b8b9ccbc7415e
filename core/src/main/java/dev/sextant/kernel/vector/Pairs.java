package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.SUM;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/** The layout of x for weights that are read in pairs: in each whole block the even columns, then the odd ones. */
final class Pairs {
  static final int BLOCK = 2 * SUM;
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(FLOATS, i -> 2 * i % COUNT);
  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(FLOATS, i -> (2 * i + 1) % COUNT);

  static void split(float[] x, int at, int n, float[] split) {
    int whole = n / BLOCK * BLOCK;
    var upper = FLOATS.indexInRange(0, COUNT / 2).not();
    for (int j = 0; j < whole; j += BLOCK) {
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.fromArray(FLOATS, x, at + j + 2 * g);
        FloatVector b = FloatVector.fromArray(FLOATS, x, at + j + 2 * g + COUNT);
        a.rearrange(EVEN).blend(b.rearrange(EVEN), upper).intoArray(split, j + g);
        a.rearrange(ODD).blend(b.rearrange(ODD), upper).intoArray(split, j + SUM + g);
      }
    }
    System.arraycopy(x, at + whole, split, whole, n - whole);
  }

  /** Where a column of a whole block lies. */
  static int at(int column) {
    int inBlock = column % BLOCK;
    return column - inBlock + inBlock % 2 * SUM + inBlock / 2;
  }

  private Pairs() {}
}
