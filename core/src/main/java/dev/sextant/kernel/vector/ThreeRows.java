package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Tiles.load;
import static dev.sextant.kernel.vector.Tiles.spread;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.sextant.kernel.Product;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Tiles of three rows: heads that share a key/value head in threes are common, and a fourth row would be wasted on them. */
final class ThreeRows {
  static void byFour(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int l0 = p.leftAt + row * p.leftStride;
    int l1 = l0 + p.leftStride;
    int l2 = l1 + p.leftStride;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x0 = load(right, at);
      FloatVector x1 = load(right, at + COUNT);
      FloatVector x2 = load(right, at + 2 * COUNT);
      FloatVector x3 = load(right, at + 3 * COUNT);
      FloatVector w = spread(left[l0 + k]);
      a0 = x0.fma(w, a0);
      a1 = x1.fma(w, a1);
      a2 = x2.fma(w, a2);
      a3 = x3.fma(w, a3);
      w = spread(left[l1 + k]);
      b0 = x0.fma(w, b0);
      b1 = x1.fma(w, b1);
      b2 = x2.fma(w, b2);
      b3 = x3.fma(w, b3);
      w = spread(left[l2 + k]);
      c0 = x0.fma(w, c0);
      c1 = x1.fma(w, c1);
      c2 = x2.fma(w, c2);
      c3 = x3.fma(w, c3);
    }
    float[] result = p.result;
    int at = p.resultAt + row * p.resultStride + column;
    a0.intoArray(result, at);
    a1.intoArray(result, at + COUNT);
    a2.intoArray(result, at + 2 * COUNT);
    a3.intoArray(result, at + 3 * COUNT);
    at += p.resultStride;
    b0.intoArray(result, at);
    b1.intoArray(result, at + COUNT);
    b2.intoArray(result, at + 2 * COUNT);
    b3.intoArray(result, at + 3 * COUNT);
    at += p.resultStride;
    c0.intoArray(result, at);
    c1.intoArray(result, at + COUNT);
    c2.intoArray(result, at + 2 * COUNT);
    c3.intoArray(result, at + 3 * COUNT);
  }

  /** See {@link PairTiles}. */
  static void byFourPaired(Product p, int row, int pair) {
    float[] left = p.left;
    int[] right = p.pairs;
    int depth = p.depth;
    int stride = p.rightStride / 2;
    int l0 = p.leftAt + row * p.leftStride;
    int l1 = l0 + p.leftStride;
    int l2 = l1 + p.leftStride;
    IntVector upper = IntVector.broadcast(INTS, PairTiles.UPPER);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    for (int k = 0, at = p.rightAt / 2 + pair; k < depth; k++, at += stride) {
      IntVector u = IntVector.fromArray(INTS, right, at);
      IntVector v = IntVector.fromArray(INTS, right, at + COUNT);
      FloatVector x0 = u.lanewise(LSHL, 16).reinterpretAsFloats();
      FloatVector x1 = u.lanewise(AND, upper).reinterpretAsFloats();
      FloatVector x2 = v.lanewise(LSHL, 16).reinterpretAsFloats();
      FloatVector x3 = v.lanewise(AND, upper).reinterpretAsFloats();
      FloatVector w = spread(left[l0 + k]);
      a0 = x0.fma(w, a0);
      a1 = x1.fma(w, a1);
      a2 = x2.fma(w, a2);
      a3 = x3.fma(w, a3);
      w = spread(left[l1 + k]);
      b0 = x0.fma(w, b0);
      b1 = x1.fma(w, b1);
      b2 = x2.fma(w, b2);
      b3 = x3.fma(w, b3);
      w = spread(left[l2 + k]);
      c0 = x0.fma(w, c0);
      c1 = x1.fma(w, c1);
      c2 = x2.fma(w, c2);
      c3 = x3.fma(w, c3);
    }
    float[] result = p.result;
    int stepRow = p.resultStride;
    int near = p.resultAt + row * stepRow + PairTiles.column(pair);
    int far = p.resultAt + row * stepRow + PairTiles.column(pair + COUNT);
    a0.intoArray(result, near);
    a1.intoArray(result, near + SUM);
    a2.intoArray(result, far);
    a3.intoArray(result, far + SUM);
    b0.intoArray(result, near + stepRow);
    b1.intoArray(result, near + stepRow + SUM);
    b2.intoArray(result, far + stepRow);
    b3.intoArray(result, far + stepRow + SUM);
    c0.intoArray(result, near + 2 * stepRow);
    c1.intoArray(result, near + 2 * stepRow + SUM);
    c2.intoArray(result, far + 2 * stepRow);
    c3.intoArray(result, far + 2 * stepRow + SUM);
  }

  private ThreeRows() {}
}
