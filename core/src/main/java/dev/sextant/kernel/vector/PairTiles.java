package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static dev.sextant.kernel.vector.Tiles.spread;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.sextant.kernel.Product;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link Tiles} with BF16 on the right. A vector of pairs becomes two vectors of floats, one for columns 16 further on than
 * the other's, which share the load.
 */
final class PairTiles {
  static final int UPPER = 0xffff0000;
  /** Columns of the result that a tile of two vectors of pairs has. */
  private static final int WIDE = 4 * COUNT;

  static void multiply(Product p) {
    for (int row = 0; row < p.rows; row += 4) {
      int pair = 0;
      if (!Tiles.FEW_REGISTERS)
        for (; pair <= (p.width - WIDE) / 2; pair += 2 * COUNT) {
          if (row == p.rows - 1) oneByFour(p, row, pair);
          else if (row == p.rows - 3) ThreeRows.byFourPaired(p, row, pair);
          else fourByFour(p, row, pair);
        }
      for (; pair < p.width / 2; pair += COUNT) fourByTwo(p, row, pair);
    }
  }

  /** Where in the result the lower halves of the pairs from one on go; the upper ones go {@link Lanes#SUM} further on. */
  static int column(int pair) {
    return pair / SUM * Product.PAIRED + pair % SUM;
  }

  /** Where there are only two or three rows, the last is computed more than once. */
  private static void fourByFour(Product p, int row, int pair) {
    float[] left = p.left;
    int[] right = p.pairs;
    int depth = p.depth;
    int stride = p.rightStride / 2;
    int third = Math.min(2, p.rows - row - 1);
    int fourth = Math.min(3, p.rows - row - 1);
    int l0 = p.leftAt + row * p.leftStride;
    int l1 = l0 + p.leftStride;
    int l2 = l0 + third * p.leftStride;
    int l3 = l0 + fourth * p.leftStride;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    FloatVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
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
      w = spread(left[l3 + k]);
      d0 = x0.fma(w, d0);
      d1 = x1.fma(w, d1);
      d2 = x2.fma(w, d2);
      d3 = x3.fma(w, d3);
    }
    float[] result = p.result;
    int stepRow = p.resultStride;
    int near = p.resultAt + row * stepRow + column(pair);
    int far = p.resultAt + row * stepRow + column(pair + COUNT);
    a0.intoArray(result, near);
    a1.intoArray(result, near + SUM);
    a2.intoArray(result, far);
    a3.intoArray(result, far + SUM);
    b0.intoArray(result, near + stepRow);
    b1.intoArray(result, near + stepRow + SUM);
    b2.intoArray(result, far + stepRow);
    b3.intoArray(result, far + stepRow + SUM);
    c0.intoArray(result, near + third * stepRow);
    c1.intoArray(result, near + third * stepRow + SUM);
    c2.intoArray(result, far + third * stepRow);
    c3.intoArray(result, far + third * stepRow + SUM);
    d0.intoArray(result, near + fourth * stepRow);
    d1.intoArray(result, near + fourth * stepRow + SUM);
    d2.intoArray(result, far + fourth * stepRow);
    d3.intoArray(result, far + fourth * stepRow + SUM);
  }

  private static void oneByFour(Product p, int row, int pair) {
    float[] left = p.left;
    int[] right = p.pairs;
    int depth = p.depth;
    int stride = p.rightStride / 2;
    int l0 = p.leftAt + row * p.leftStride;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    FloatVector a0 = FloatVector.zero(FLOATS), a1 = a0, a2 = a0, a3 = a0;
    for (int k = 0, at = p.rightAt / 2 + pair; k < depth; k++, at += stride) {
      IntVector u = IntVector.fromArray(INTS, right, at);
      IntVector v = IntVector.fromArray(INTS, right, at + COUNT);
      FloatVector w = spread(left[l0 + k]);
      a0 = u.lanewise(LSHL, 16).reinterpretAsFloats().fma(w, a0);
      a1 = u.lanewise(AND, upper).reinterpretAsFloats().fma(w, a1);
      a2 = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(w, a2);
      a3 = v.lanewise(AND, upper).reinterpretAsFloats().fma(w, a3);
    }
    int near = p.resultAt + row * p.resultStride + column(pair);
    int far = p.resultAt + row * p.resultStride + column(pair + COUNT);
    a0.intoArray(p.result, near);
    a1.intoArray(p.result, near + SUM);
    a2.intoArray(p.result, far);
    a3.intoArray(p.result, far + SUM);
  }

  /** Where there are fewer than four rows, the last is computed more than once. */
  private static void fourByTwo(Product p, int row, int pair) {
    float[] left = p.left;
    int[] right = p.pairs;
    int depth = p.depth;
    int stride = p.rightStride / 2;
    int second = Math.min(1, p.rows - row - 1);
    int third = Math.min(2, p.rows - row - 1);
    int fourth = Math.min(3, p.rows - row - 1);
    int l0 = p.leftAt + row * p.leftStride;
    int l1 = l0 + second * p.leftStride;
    int l2 = l0 + third * p.leftStride;
    int l3 = l0 + fourth * p.leftStride;
    IntVector upper = IntVector.broadcast(INTS, UPPER);
    FloatVector a0 = spread(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    for (int k = 0, at = p.rightAt / 2 + pair; k < depth; k++, at += stride) {
      IntVector u = IntVector.fromArray(INTS, right, at);
      FloatVector x0 = u.lanewise(LSHL, 16).reinterpretAsFloats();
      FloatVector x1 = u.lanewise(AND, upper).reinterpretAsFloats();
      FloatVector w = spread(left[l0 + k]);
      a0 = x0.fma(w, a0);
      a1 = x1.fma(w, a1);
      w = spread(left[l1 + k]);
      b0 = x0.fma(w, b0);
      b1 = x1.fma(w, b1);
      w = spread(left[l2 + k]);
      c0 = x0.fma(w, c0);
      c1 = x1.fma(w, c1);
      w = spread(left[l3 + k]);
      d0 = x0.fma(w, d0);
      d1 = x1.fma(w, d1);
    }
    float[] result = p.result;
    int stepRow = p.resultStride;
    int at = p.resultAt + row * stepRow + column(pair);
    a0.intoArray(result, at);
    a1.intoArray(result, at + SUM);
    b0.intoArray(result, at + second * stepRow);
    b1.intoArray(result, at + second * stepRow + SUM);
    c0.intoArray(result, at + third * stepRow);
    c1.intoArray(result, at + third * stepRow + SUM);
    d0.intoArray(result, at + fourth * stepRow);
    d1.intoArray(result, at + fourth * stepRow + SUM);
  }

  private PairTiles() {}
}
