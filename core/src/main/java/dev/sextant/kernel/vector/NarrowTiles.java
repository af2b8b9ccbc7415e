package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Tiles.load;
import static dev.sextant.kernel.vector.Tiles.spread;

import dev.sextant.kernel.Product;
import jdk.incubator.vector.FloatVector;

/** Tiles one or two vectors wide: for what {@link Tiles} leaves at the edge, for few tokens, for few registers. */
final class NarrowTiles {
  /** All rows of three vectors. */
  static void three(Product p, int column) {
    int row = 0;
    for (; row <= p.rows - 8; row += 8) eightByThree(p, row, column);
    for (int rest = row; rest < p.rows; rest += 4) fourByTwo(p, rest, column);
    one(p, row, column + 2 * COUNT);
  }

  /** All rows of two vectors. */
  static void two(Product p, int column) {
    int row = 0;
    if (!Tiles.FEW_REGISTERS) for (; row <= p.rows - 8; row += 8) eightByTwo(p, row, column);
    for (; row < p.rows; row += 4) fourByTwo(p, row, column);
  }

  /** All rows of one vector, from one on. */
  static void one(Product p, int from, int column) {
    int row = from;
    for (; row <= p.rows - 8; row += 8) eightByOne(p, row, column);
    for (; row <= p.rows - 4; row += 4) fourByOne(p, row, column);
    for (; row < p.rows; row++) oneByOne(p, row, column);
  }

  private static void eightByThree(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    int m = l + 4 * s;
    FloatVector zero = spread(0);
    FloatVector a0 = zero, b0 = zero, c0 = zero, d0 = zero, e0 = zero, f0 = zero, g0 = zero, h0 = zero;
    FloatVector a1 = zero, b1 = zero, c1 = zero, d1 = zero, e1 = zero, f1 = zero, g1 = zero, h1 = zero;
    FloatVector a2 = zero, b2 = zero, c2 = zero, d2 = zero, e2 = zero, f2 = zero, g2 = zero, h2 = zero;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x = load(right, at);
      FloatVector y = load(right, at + COUNT);
      FloatVector z = load(right, at + 2 * COUNT);
      FloatVector w = spread(left[l + k]);
      a0 = x.fma(w, a0);
      a1 = y.fma(w, a1);
      a2 = z.fma(w, a2);
      w = spread(left[l + s + k]);
      b0 = x.fma(w, b0);
      b1 = y.fma(w, b1);
      b2 = z.fma(w, b2);
      w = spread(left[l + 2 * s + k]);
      c0 = x.fma(w, c0);
      c1 = y.fma(w, c1);
      c2 = z.fma(w, c2);
      w = spread(left[l + 3 * s + k]);
      d0 = x.fma(w, d0);
      d1 = y.fma(w, d1);
      d2 = z.fma(w, d2);
      w = spread(left[m + k]);
      e0 = x.fma(w, e0);
      e1 = y.fma(w, e1);
      e2 = z.fma(w, e2);
      w = spread(left[m + s + k]);
      f0 = x.fma(w, f0);
      f1 = y.fma(w, f1);
      f2 = z.fma(w, f2);
      w = spread(left[m + 2 * s + k]);
      g0 = x.fma(w, g0);
      g1 = y.fma(w, g1);
      g2 = z.fma(w, g2);
      w = spread(left[m + 3 * s + k]);
      h0 = x.fma(w, h0);
      h1 = y.fma(w, h1);
      h2 = z.fma(w, h2);
    }
    float[] result = p.result;
    int r = p.resultStride;
    int at = p.resultAt + row * r + column;
    a0.intoArray(result, at);
    a1.intoArray(result, at + COUNT);
    a2.intoArray(result, at + 2 * COUNT);
    at += r;
    b0.intoArray(result, at);
    b1.intoArray(result, at + COUNT);
    b2.intoArray(result, at + 2 * COUNT);
    at += r;
    c0.intoArray(result, at);
    c1.intoArray(result, at + COUNT);
    c2.intoArray(result, at + 2 * COUNT);
    at += r;
    d0.intoArray(result, at);
    d1.intoArray(result, at + COUNT);
    d2.intoArray(result, at + 2 * COUNT);
    at += r;
    e0.intoArray(result, at);
    e1.intoArray(result, at + COUNT);
    e2.intoArray(result, at + 2 * COUNT);
    at += r;
    f0.intoArray(result, at);
    f1.intoArray(result, at + COUNT);
    f2.intoArray(result, at + 2 * COUNT);
    at += r;
    g0.intoArray(result, at);
    g1.intoArray(result, at + COUNT);
    g2.intoArray(result, at + 2 * COUNT);
    at += r;
    h0.intoArray(result, at);
    h1.intoArray(result, at + COUNT);
    h2.intoArray(result, at + 2 * COUNT);
  }

  private static void eightByTwo(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    int m = l + 4 * s;
    FloatVector zero = spread(0);
    FloatVector a0 = zero, b0 = zero, c0 = zero, d0 = zero, e0 = zero, f0 = zero, g0 = zero, h0 = zero;
    FloatVector a1 = zero, b1 = zero, c1 = zero, d1 = zero, e1 = zero, f1 = zero, g1 = zero, h1 = zero;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x = load(right, at);
      FloatVector y = load(right, at + COUNT);
      FloatVector w = spread(left[l + k]);
      a0 = x.fma(w, a0);
      a1 = y.fma(w, a1);
      w = spread(left[l + s + k]);
      b0 = x.fma(w, b0);
      b1 = y.fma(w, b1);
      w = spread(left[l + 2 * s + k]);
      c0 = x.fma(w, c0);
      c1 = y.fma(w, c1);
      w = spread(left[l + 3 * s + k]);
      d0 = x.fma(w, d0);
      d1 = y.fma(w, d1);
      w = spread(left[m + k]);
      e0 = x.fma(w, e0);
      e1 = y.fma(w, e1);
      w = spread(left[m + s + k]);
      f0 = x.fma(w, f0);
      f1 = y.fma(w, f1);
      w = spread(left[m + 2 * s + k]);
      g0 = x.fma(w, g0);
      g1 = y.fma(w, g1);
      w = spread(left[m + 3 * s + k]);
      h0 = x.fma(w, h0);
      h1 = y.fma(w, h1);
    }
    float[] result = p.result;
    int r = p.resultStride;
    int at = p.resultAt + row * r + column;
    int at1 = at + COUNT;
    a0.intoArray(result, at);
    a1.intoArray(result, at1);
    b0.intoArray(result, at + r);
    b1.intoArray(result, at1 + r);
    c0.intoArray(result, at + 2 * r);
    c1.intoArray(result, at1 + 2 * r);
    d0.intoArray(result, at + 3 * r);
    d1.intoArray(result, at1 + 3 * r);
    e0.intoArray(result, at + 4 * r);
    e1.intoArray(result, at1 + 4 * r);
    f0.intoArray(result, at + 5 * r);
    f1.intoArray(result, at1 + 5 * r);
    g0.intoArray(result, at + 6 * r);
    g1.intoArray(result, at1 + 6 * r);
    h0.intoArray(result, at + 7 * r);
    h1.intoArray(result, at1 + 7 * r);
  }

  /** Where there are fewer than four rows, the last is computed more than once. */
  static void fourByTwo(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int second = Math.min(1, p.rows - row - 1);
    int third = Math.min(2, p.rows - row - 1);
    int fourth = Math.min(3, p.rows - row - 1);
    int l0 = p.leftAt + row * p.leftStride;
    int l1 = l0 + second * p.leftStride;
    int l2 = l0 + third * p.leftStride;
    int l3 = l0 + fourth * p.leftStride;
    FloatVector a0 = spread(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x0 = load(right, at);
      FloatVector x1 = load(right, at + COUNT);
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
    int at = p.resultAt + row * p.resultStride + column;
    int atB = at + second * p.resultStride;
    int atC = at + third * p.resultStride;
    int atD = at + fourth * p.resultStride;
    a0.intoArray(result, at);
    a1.intoArray(result, at + COUNT);
    b0.intoArray(result, atB);
    b1.intoArray(result, atB + COUNT);
    c0.intoArray(result, atC);
    c1.intoArray(result, atC + COUNT);
    d0.intoArray(result, atD);
    d1.intoArray(result, atD + COUNT);
  }

  private static void eightByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    int m = l + 4 * s;
    FloatVector zero = spread(0);
    FloatVector a = zero, b = zero, c = zero, d = zero, e = zero, f = zero, g = zero, h = zero;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x = load(right, at);
      a = x.fma(spread(left[l + k]), a);
      b = x.fma(spread(left[l + s + k]), b);
      c = x.fma(spread(left[l + 2 * s + k]), c);
      d = x.fma(spread(left[l + 3 * s + k]), d);
      e = x.fma(spread(left[m + k]), e);
      f = x.fma(spread(left[m + s + k]), f);
      g = x.fma(spread(left[m + 2 * s + k]), g);
      h = x.fma(spread(left[m + 3 * s + k]), h);
    }
    float[] result = p.result;
    int r = p.resultStride;
    int at = p.resultAt + row * r + column;
    a.intoArray(result, at);
    b.intoArray(result, at + r);
    c.intoArray(result, at + 2 * r);
    d.intoArray(result, at + 3 * r);
    at += 4 * r;
    e.intoArray(result, at);
    f.intoArray(result, at + r);
    g.intoArray(result, at + 2 * r);
    h.intoArray(result, at + 3 * r);
  }

  private static void fourByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    FloatVector zero = spread(0);
    FloatVector a = zero, b = zero, c = zero, d = zero;
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride) {
      FloatVector x = load(right, at);
      a = x.fma(spread(left[l + k]), a);
      b = x.fma(spread(left[l + s + k]), b);
      c = x.fma(spread(left[l + 2 * s + k]), c);
      d = x.fma(spread(left[l + 3 * s + k]), d);
    }
    float[] result = p.result;
    int r = p.resultStride;
    int at = p.resultAt + row * r + column;
    a.intoArray(result, at);
    b.intoArray(result, at + r);
    c.intoArray(result, at + 2 * r);
    d.intoArray(result, at + 3 * r);
  }

  private static void oneByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int l = p.leftAt + row * p.leftStride;
    FloatVector a = spread(0);
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride)
      a = load(right, at).fma(spread(left[l + k]), a);
    a.intoArray(p.result, p.resultAt + row * p.resultStride + column);
  }

  private NarrowTiles() {}
}
