package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;

import dev.sextant.kernel.Product;
import jdk.incubator.vector.FloatVector;

/**
 * Products of blocks, cut into tiles of some rows by some vectors whose sums stay in registers over the whole depth. Every
 * tile adds up in the same order, so what a number is does not depend on the tile it falls into. All three blocks are arrays, as long as
 * {@code Rows.size} says or of fixed size; the width is a multiple of {@link Lanes#SUM}, so no vector goes beyond a row.
 */
final class Tiles {
  private static final int WIDE = 4 * COUNT;
  /** Machines whose vectors have 8 lanes have 16 of them (AVX2); the others, wider or narrower, have 32. */
  static final boolean FEW_REGISTERS = COUNT == 8;

  static void multiply(Product p) {
    int wide = p.width / WIDE * WIDE;
    for (int row = 0; row < p.rows; row += 4) {
      for (int i = 0; i < wide; i += WIDE) {
        if (row == p.rows - 1) oneByFour(p, row, i);
        else if (FEW_REGISTERS) pairOfTwos(p, row, i);
        else if (row == p.rows - 3) ThreeRows.byFour(p, row, i);
        else fourByFour(p, row, i);
      }
    }
    int i = wide;
    if (!FEW_REGISTERS && p.width - i == 3 * COUNT) {
      NarrowTiles.three(p, i);
      return;
    }
    for (; i <= p.width - 2 * COUNT; i += 2 * COUNT) NarrowTiles.two(p, i);
    if (i < p.width) NarrowTiles.one(p, 0, i);
  }

  private static void pairOfTwos(Product p, int row, int column) {
    NarrowTiles.fourByTwo(p, row, column);
    NarrowTiles.fourByTwo(p, row, column + 2 * COUNT);
  }

  /**
   * 16 sums: enough to hide the latency of fma, few enough for 32 registers; unrolled by hand so that they stay there. Where
   * there are only two or three rows, the last is computed more than once.
   */
  private static void fourByFour(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int l0 = p.leftAt + row * p.leftStride;
    int third = Math.min(2, p.rows - row - 1);
    int fourth = Math.min(3, p.rows - row - 1);
    int l1 = l0 + p.leftStride;
    int l2 = l0 + third * p.leftStride;
    int l3 = l0 + fourth * p.leftStride;
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero;
    FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero;
    FloatVector c0 = zero, c1 = zero, c2 = zero, c3 = zero;
    FloatVector d0 = zero, d1 = zero, d2 = zero, d3 = zero;
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
      w = spread(left[l3 + k]);
      d0 = x0.fma(w, d0);
      d1 = x1.fma(w, d1);
      d2 = x2.fma(w, d2);
      d3 = x3.fma(w, d3);
    }
    float[] result = p.result;
    int at = p.resultAt + row * p.resultStride + column;
    a0.intoArray(result, at);
    a1.intoArray(result, at + COUNT);
    a2.intoArray(result, at + 2 * COUNT);
    a3.intoArray(result, at + 3 * COUNT);
    int atB = at + p.resultStride;
    b0.intoArray(result, atB);
    b1.intoArray(result, atB + COUNT);
    b2.intoArray(result, atB + 2 * COUNT);
    b3.intoArray(result, atB + 3 * COUNT);
    int atC = at + third * p.resultStride;
    c0.intoArray(result, atC);
    c1.intoArray(result, atC + COUNT);
    c2.intoArray(result, atC + 2 * COUNT);
    c3.intoArray(result, atC + 3 * COUNT);
    int atD = at + fourth * p.resultStride;
    d0.intoArray(result, atD);
    d1.intoArray(result, atD + COUNT);
    d2.intoArray(result, atD + 2 * COUNT);
    d3.intoArray(result, atD + 3 * COUNT);
  }

  private static void oneByFour(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int l0 = p.leftAt + row * p.leftStride;
    FloatVector a0 = FloatVector.zero(FLOATS), a1 = a0, a2 = a0, a3 = a0;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector w = spread(left[l0 + k]);
      a0 = load(right, at).fma(w, a0);
      a1 = load(right, at + COUNT).fma(w, a1);
      a2 = load(right, at + 2 * COUNT).fma(w, a2);
      a3 = load(right, at + 3 * COUNT).fma(w, a3);
    }
    float[] result = p.result;
    int at = p.resultAt + row * p.resultStride + column;
    a0.intoArray(result, at);
    a1.intoArray(result, at + COUNT);
    a2.intoArray(result, at + 2 * COUNT);
    a3.intoArray(result, at + 3 * COUNT);
  }

  static FloatVector load(float[] data, int at) {
    return FloatVector.fromArray(FLOATS, data, at);
  }

  static FloatVector spread(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  private Tiles() {}
}
