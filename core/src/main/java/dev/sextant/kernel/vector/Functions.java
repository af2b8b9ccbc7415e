package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.sextant.kernel.Erf;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Transcendental functions of our own, so that every machine gets the same bits. */
final class Functions {
  private static final float ROUND = 12582912f; // 1.5 · 2^23: adding it leaves the nearest integer in the low bits
  private static final int SIGN = 0x80000000;
  private static final int ONE = 0x3f800000; // 1f
  private static final int MINUS_ONE = 0xbf800000;
  private static final float GELU_LINEAR = (float) (-2 * Math.sqrt(2 / Math.PI));
  private static final float GELU_CUBIC = (float) (-2 * Math.sqrt(2 / Math.PI) * 0.044715);

  // Vectors made once: those made on the spot fill the compiler's budget, and what it then leaves out it boxes.
  private static final FloatVector LOG2_E = constant(1.44269504f);
  private static final FloatVector ROUNDER = constant(ROUND);
  private static final FloatVector MINUS_LN2_HIGH = constant(-0.693145751953125f);
  private static final FloatVector MINUS_LN2_LOW = constant(-1.42860682e-6f);
  private static final FloatVector ONE_5040TH = constant(1 / 5040f);
  private static final FloatVector ONE_720TH = constant(1 / 720f);
  private static final FloatVector ONE_120TH = constant(1 / 120f);
  private static final FloatVector ONE_24TH = constant(1 / 24f);
  private static final FloatVector ONE_6TH = constant(1 / 6f);
  private static final FloatVector HALF = constant(0.5f);
  private static final FloatVector UNIT = constant(1f);
  private static final FloatVector MINUS_2_GELU_CUBIC = constant(GELU_CUBIC);
  private static final FloatVector MINUS_2_GELU_LINEAR = constant(GELU_LINEAR);
  private static final FloatVector ERF_9 = constant(Erf.C9);
  private static final FloatVector ERF_8 = constant(Erf.C8);
  private static final FloatVector ERF_7 = constant(Erf.C7);
  private static final FloatVector ERF_6 = constant(Erf.C6);
  private static final FloatVector ERF_5 = constant(Erf.C5);
  private static final FloatVector ERF_4 = constant(Erf.C4);
  private static final FloatVector ERF_3 = constant(Erf.C3);
  private static final FloatVector ERF_2 = constant(Erf.C2);
  private static final FloatVector ERF_1 = constant(Erf.C1);
  private static final FloatVector ERF_0 = constant(Erf.C0);
  private static final FloatVector PADE_17325 = constant(17325f);
  private static final FloatVector PADE_135135 = constant(135135f);
  private static final FloatVector PADE_28 = constant(28f);
  private static final FloatVector PADE_3150 = constant(3150f);
  private static final FloatVector PADE_62370 = constant(62370f);
  private static final FloatVector TWO = constant(2f);
  private static final FloatVector PADE_378 = constant(378f);

  /**
   * e^x within one ulp: n = round(x / ln 2), r = x - n ln 2 in two parts, Taylor to degree 7 for e^r, then times 2^n in two
   * halves, which is right down to the subnormals. NaN stays NaN.
   */
  static FloatVector exp(FloatVector argument) {
    FloatVector x = argument.max(-104f).min(88.8f);
    FloatVector shifted = x.fma(LOG2_E, ROUNDER);
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(MINUS_LN2_HIGH, x);
    r = n.fma(MINUS_LN2_LOW, r);
    FloatVector p = r.fma(ONE_5040TH, ONE_720TH);
    p = p.fma(r, ONE_120TH);
    p = p.fma(r, ONE_24TH);
    p = p.fma(r, ONE_6TH);
    p = p.fma(r, HALF);
    p = p.fma(r, UNIT);
    p = p.fma(r, UNIT);
    IntVector exponent = shifted.reinterpretAsInts().sub(0x4B400000);
    IntVector half = exponent.lanewise(ASHR, 1);
    return p.mul(powerOfTwo(half)).mul(powerOfTwo(exponent.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
  }

  /** x σ(x). */
  static FloatVector silu(FloatVector x) {
    return x.div(exp(x.neg()).add(UNIT));
  }

  /** x σ(2u), which equals x (1 + tanh u) / 2, for u = √(2/π) (x + 0.044715 x³). */
  static FloatVector geluTanh(FloatVector x) {
    FloatVector minus2u = x.mul(x).fma(MINUS_2_GELU_CUBIC, MINUS_2_GELU_LINEAR).mul(x);
    return x.div(exp(minus2u).add(UNIT));
  }

  /** x Φ(x), where Φ(-z) = erfc(z / √2) / 2 and Φ(z) = 1 - Φ(-z); signs by bits, which cost less than masks. */
  static FloatVector gelu(FloatVector x) {
    FloatVector lower = erfc(x.abs().mul((float) Math.sqrt(0.5))).mul(HALF);
    IntVector negative = x.reinterpretAsInts().lanewise(ASHR, 31);
    FloatVector sign = negative.lanewise(AND, SIGN).lanewise(XOR, MINUS_ONE).reinterpretAsFloats();
    FloatVector one = negative.lanewise(NOT).lanewise(AND, ONE).reinterpretAsFloats();
    return x.mul(lower.fma(sign, one));
  }

  /** See {@link Erf}. */
  private static FloatVector erfc(FloatVector z) {
    FloatVector t = UNIT.div(z.fma(HALF, UNIT));
    FloatVector p = t.fma(ERF_9, ERF_8);
    p = p.fma(t, ERF_7);
    p = p.fma(t, ERF_6);
    p = p.fma(t, ERF_5);
    p = p.fma(t, ERF_4);
    p = p.fma(t, ERF_3);
    p = p.fma(t, ERF_2);
    p = p.fma(t, ERF_1);
    p = p.fma(t, ERF_0);
    return t.mul(exp(z.mul(z).neg().add(p)));
  }

  /** tanh: near 0 a Padé approximant, where the other form would cancel; elsewhere 1 - 2 / (e^2|x| + 1). */
  static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector above = square.add(PADE_378).fma(square, PADE_17325).fma(square, PADE_135135).mul(x);
    FloatVector below = square.fma(PADE_28, PADE_3150).fma(square, PADE_62370)
        .fma(square, PADE_135135);
    IntVector size = UNIT.sub(TWO.div(exp(x.abs().mul(TWO)).add(UNIT))).reinterpretAsInts();
    IntVector far = size.lanewise(OR, x.reinterpretAsInts().lanewise(AND, SIGN));
    IntVector near = square.sub(HALF).reinterpretAsInts().lanewise(ASHR, 31);
    return far.lanewise(BITWISE_BLEND, above.div(below).reinterpretAsInts(), near).reinterpretAsFloats();
  }

  static FloatVector constant(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  private Functions() {}
}
