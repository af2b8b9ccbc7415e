package dev.sextant.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** How many units in the last place the functions are off. */
class FunctionsTest {
  private static float apply(UnaryOperator<FloatVector> f, float x) {
    return f.apply(FloatVector.broadcast(Lanes.FLOATS, x)).lane(0);
  }

  /** The largest error on a grid, in units in the last place of the true value. */
  private static double worst(UnaryOperator<FloatVector> f, DoubleUnaryOperator exact, double from, double to) {
    double worst = 0;
    for (int i = 0; i <= 40_000; i++) {
      float x = (float) (from + (to - from) * i / 40_000);
      double expected = exact.applyAsDouble(x);
      worst = Math.max(worst, Math.abs(apply(f, x) - expected) / Math.ulp((float) expected));
    }
    return worst;
  }

  @Test
  void expIsWithinOneUlpDownToTheSubnormals() {
    assertTrue(worst(Functions::exp, Math::exp, -103, 88.7) <= 1.01, "everywhere");
    assertTrue(worst(Functions::exp, Math::exp, -1, 1) <= 1.01, "near 0");
  }

  @Test
  void expOfExtremes() {
    assertEquals(1, apply(Functions::exp, 0));
    assertEquals(0, apply(Functions::exp, -110));
    assertEquals(0, apply(Functions::exp, Float.NEGATIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, apply(Functions::exp, 89));
    assertEquals(Float.POSITIVE_INFINITY, apply(Functions::exp, Float.POSITIVE_INFINITY));
    assertTrue(Float.isNaN(apply(Functions::exp, Float.NaN)));
  }

  @Test
  void tanhIsWithinThreeUlps() {
    assertTrue(worst(Functions::tanh, Math::tanh, -12, 12) <= 3);
    assertTrue(worst(Functions::tanh, Math::tanh, -1e-3, 1e-3) <= 3);
    assertEquals(1, apply(Functions::tanh, Float.POSITIVE_INFINITY));
    assertEquals(-1, apply(Functions::tanh, -3e38f));
    assertTrue(Float.isNaN(apply(Functions::tanh, Float.NaN)));
  }

  @Test
  void siluIsWithinFewUlps() {
    assertTrue(worst(Functions::silu, x -> x / (1 + Math.exp(-x)), -80, 80) <= 4);
  }

  @Test
  void geluIsRelativelyExactInTheLowerTailToo() {
    double gelu6 = -6 * 9.865876450376946e-10; // Φ(-6)
    assertEquals(gelu6, apply(Functions::gelu, -6), -gelu6 * 1e-5);
    assertEquals(-1 * 0.15865525393145707, apply(Functions::gelu, -1), 1e-7); // Φ(-1)
    assertEquals(0.8413447460685429, apply(Functions::gelu, 1), 1e-7); // Φ(1)
  }
}
