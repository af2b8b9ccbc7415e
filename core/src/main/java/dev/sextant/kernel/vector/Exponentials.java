package dev.sextant.kernel.vector;

import static dev.sextant.kernel.Exponential.LANES;
import static jdk.incubator.vector.VectorOperators.F2D;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.sextant.kernel.Exponential;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums in double precision: {@link Exponential} on vectors, the same operations in the same order, and products.
 * Singles are widened from float vectors of the one width that all kernels use, or in plain loops. A second width would
 * cost the others dear: the JVM's compiler goes by what it has counted in the methods of
 * {@link jdk.incubator.vector.FloatVector}, which is counted for all their callers together; after two widths it no
 * longer knows which one a loop has, and boxes the vectors that the loop carries from one round to the next.
 */
final class Exponentials {
  private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class,
      VectorShape.forBitSize(Lanes.COUNT * Float.SIZE));
  private static final int COUNT = DOUBLES.length();
  /** So many products are made at a time. */
  private static final int PIECE = 512;

  /** In the first so many calls vectors take only so many numbers. */
  private static final int COLD_CALLS = 100;
  private static final int COLD_NUMBERS = 1 << 11;
  /** Roughly, since threads do not wait for each other to count; no result depends on it. */
  private static int calls;

  private static final DoubleVector LOG2_E = constant(Exponential.LOG2_E);
  private static final DoubleVector ROUNDER = constant(Exponential.ROUNDER);
  private static final DoubleVector LN2_HIGH = constant(Exponential.LN2_HIGH);
  private static final DoubleVector LN2_LOW = constant(Exponential.LN2_LOW);
  private static final DoubleVector LEAST = constant(Exponential.LEAST);
  private static final DoubleVector UNIT = constant(1);
  private static final DoubleVector F12 = constant(Exponential.inverseFactorial(12));
  private static final DoubleVector F11 = constant(Exponential.inverseFactorial(11));
  private static final DoubleVector F10 = constant(Exponential.inverseFactorial(10));
  private static final DoubleVector F9 = constant(Exponential.inverseFactorial(9));
  private static final DoubleVector F8 = constant(Exponential.inverseFactorial(8));
  private static final DoubleVector F7 = constant(Exponential.inverseFactorial(7));
  private static final DoubleVector F6 = constant(Exponential.inverseFactorial(6));
  private static final DoubleVector F5 = constant(Exponential.inverseFactorial(5));
  private static final DoubleVector F4 = constant(Exponential.inverseFactorial(4));
  private static final DoubleVector F3 = constant(Exponential.inverseFactorial(3));
  private static final DoubleVector F2 = constant(Exponential.inverseFactorial(2));

  /**
   * See {@link dev.sextant.kernel.Kernels#sumOfExponentials}. Vector code that is not compiled yet is slow, a tenth of a
   * second for a large vocabulary, so the first calls do most in plain Java, which gives the same bits.
   */
  static double sum(float[] x, double highest, double temperature) {
    double[] lanes = new double[LANES];
    int whole = x.length / LANES * LANES;
    int vectors = Math.max(0, x.length - Lanes.COUNT) / LANES * LANES; // so many begin a whole vector of floats
    if (calls < COLD_CALLS) {
      calls++;
      vectors = Math.min(vectors, COLD_NUMBERS);
    }
    add(x, vectors, highest, temperature, lanes);
    Exponential.add(x, vectors, whole, highest, temperature, lanes);
    return Exponential.total(lanes) + Exponential.rest(x, whole, highest, temperature);
  }

  /** Adds the first numbers to the lanes, which are 0. Narrow vectors go over them more than once. */
  private static void add(float[] x, int end, double highest, double temperature, double[] lanes) {
    for (int g = 0; g < LANES; g += COUNT) {
      DoubleVector sum = constant(0);
      for (int i = g; i < end; i += LANES) sum = sum.add(exp(widened(x, i).sub(highest).div(temperature)));
      sum.intoArray(lanes, g);
    }
  }

  /** The first half of a whole vector of floats. */
  private static DoubleVector widened(float[] x, int at) {
    return (DoubleVector) FloatVector.fromArray(Lanes.FLOATS, x, at).convertShape(F2D, DOUBLES, 0);
  }

  /** See {@link dev.sextant.kernel.Kernels#dot}. Products of two singles are exact. */
  static double dot(float[] a, int aAt, float[] b, int bAt, int n) {
    double[] lanes = new double[LANES];
    double[] products = new double[PIECE];
    int whole = n / LANES * LANES;
    for (int from = 0; from < whole; from += PIECE) {
      int count = Math.min(PIECE, whole - from);
      for (int i = 0; i < count; i++) products[i] = (double) a[aAt + from + i] * b[bAt + from + i];
      add(products, count, lanes);
    }
    for (int i = whole; i < n; i++) lanes[i - whole] += (double) a[aAt + i] * b[bAt + i];
    return Exponential.total(lanes);
  }

  /** Narrow vectors go over the numbers more than once. */
  private static void add(double[] x, int n, double[] lanes) {
    for (int g = 0; g < LANES; g += COUNT) {
      DoubleVector sum = load(lanes, g);
      for (int i = g; i < n; i += LANES) sum = sum.add(load(x, i));
      sum.intoArray(lanes, g);
    }
  }

  private static DoubleVector load(double[] x, int at) {
    return DoubleVector.fromArray(DOUBLES, x, at);
  }

  static DoubleVector exp(DoubleVector x) {
    DoubleVector clipped = x.max(LEAST);
    DoubleVector shifted = clipped.mul(LOG2_E).add(ROUNDER);
    DoubleVector n = shifted.sub(ROUNDER);
    DoubleVector r = clipped.sub(n.mul(LN2_HIGH)).sub(n.mul(LN2_LOW));
    DoubleVector p = F12.mul(r).add(F11);
    p = p.mul(r).add(F10);
    p = p.mul(r).add(F9);
    p = p.mul(r).add(F8);
    p = p.mul(r).add(F7);
    p = p.mul(r).add(F6);
    p = p.mul(r).add(F5);
    p = p.mul(r).add(F4);
    p = p.mul(r).add(F3);
    p = p.mul(r).add(F2);
    p = p.mul(r.mul(r)).add(r).add(UNIT);
    LongVector exponent = shifted.reinterpretAsLongs().lanewise(LSHL, Exponential.EXPONENT);
    return p.reinterpretAsLongs().add(exponent).reinterpretAsDoubles();
  }

  private static DoubleVector constant(double value) {
    return DoubleVector.broadcast(DOUBLES, value);
  }

  private Exponentials() {}
}
