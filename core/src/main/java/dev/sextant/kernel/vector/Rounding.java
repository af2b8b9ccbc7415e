package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;

import dev.sextant.kernel.Blocks;
import jdk.incubator.vector.FloatVector;

/** What rounding to levels costs. A lane holds a row. */
final class Rounding {
  /** Added to a small number and taken away again, rounds it, half to even. */
  private static final float ROUNDER = 0x1.8p23f;

  static void errors(float[] weights, float[] inverse, int zero, float[] errors) {
    FloatVector rounder = FloatVector.broadcast(FLOATS, ROUNDER);
    FloatVector low = FloatVector.broadcast(FLOATS, -zero);
    FloatVector high = FloatVector.broadcast(FLOATS, zero - 1);
    for (int g = 0; g < Blocks.ROWS; g += COUNT) {
      FloatVector factor = FloatVector.fromArray(FLOATS, inverse, g);
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int i = g; i < weights.length; i += Blocks.ROWS) {
        FloatVector exact = FloatVector.fromArray(FLOATS, weights, i).mul(factor);
        FloatVector off = exact.sub(exact.add(rounder).sub(rounder).max(low).min(high));
        sum = sum.add(off.mul(off));
      }
      sum.intoArray(errors, g);
    }
  }

  private Rounding() {}
}
