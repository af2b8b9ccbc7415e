package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.sextant.kernel.Erf;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** Transcendental functions of our own, so that every machine gets the same bits. */
final class Functions {
  private static final float ROUND = 12582912f; // 1.5 · 2^23: adding it leaves the nearest integer in the low bits
  private static final float GELU_LINEAR = (float) (-2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = (float) (-2 * Math.sqrt(2 / Math.PI) * 0.044715);

  /**
   * e^x within one ulp: n = round(x / ln 2), r = x - n ln 2 in two parts, Taylor to degree 7 for e^r, then times 2^n in two
   * halves, which is right down to the subnormals. NaN stays NaN.
   */
  static FloatVector exp(FloatVector argument) {
    FloatVector x = argument.max(-104f).min(88.8f);
    FloatVector shifted = x.fma(constant(1.44269504f), constant(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(constant(-0.693145751953125f), x);
    r = n.fma(constant(-1.42860682e-6f), r);
    FloatVector p = r.fma(constant(1 / 5040f), constant(1 / 720f));
    p = p.fma(r, constant(1 / 120f));
    p = p.fma(r, constant(1 / 24f));
    p = p.fma(r, constant(1 / 6f));
    p = p.fma(r, constant(0.5f));
    p = p.fma(r, constant(1f));
    p = p.fma(r, constant(1f));
    IntVector exponent = shifted.reinterpretAsInts().sub(0x4B400000);
    IntVector half = exponent.lanewise(ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** x σ(x). */
  static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(1f));
  }

  /** x σ(2u), which equals x (1 + tanh u) / 2, for u = √(2/π) (x + 0.044715 x³). */
  static FloatVector geluTanh(FloatVector x) {
    FloatVector minus2u = x.mul(x).fma(constant(GELU_CUBIC), constant(GELU_LINEAR)).mul(x);
    return x.div(exp(minus2u).add(1f));
  }

  /** x Φ(x), where Φ(-z) = erfc(z / √2) / 2. */
  static FloatVector gelu(FloatVector x) {
    FloatVector z = x.abs().mul((float) Math.sqrt(0.5));
    FloatVector lower = erfc(z).mul(0.5f);
    FloatVector upper = constant(1f).sub(lower);
    return x.mul(upper.blend(lower, x.lt(0f)));
  }

  /** See {@link Erf}. */
  private static FloatVector erfc(FloatVector z) {
    FloatVector t = constant(1f).div(z.fma(constant(0.5f), constant(1f)));
    FloatVector p = t.fma(constant(Erf.C9), constant(Erf.C8));
    p = p.fma(t, constant(Erf.C7));
    p = p.fma(t, constant(Erf.C6));
    p = p.fma(t, constant(Erf.C5));
    p = p.fma(t, constant(Erf.C4));
    p = p.fma(t, constant(Erf.C3));
    p = p.fma(t, constant(Erf.C2));
    p = p.fma(t, constant(Erf.C1));
    p = p.fma(t, constant(Erf.C0));
    return t.mul(exp(z.mul(z).neg().add(p)));
  }

  /** tanh: near 0 a Padé approximant, where the other form would cancel; elsewhere 1 - 2 / (e^2|x| + 1). */
  static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector above = square.add(378f).fma(square, constant(17325f)).fma(square, constant(135135f)).mul(x);
    FloatVector below = square.fma(constant(28f), constant(3150f)).fma(square, constant(62370f))
        .fma(square, constant(135135f));
    FloatVector size = constant(1f).sub(constant(2f).div(exp(x.abs().mul(2f)).add(1f)));
    VectorMask<Float> near = square.lt(0.5f);
    return size.blend(size.neg(), x.lt(0f)).blend(above.div(below), near);
  }

  static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  private Functions() {}
}
