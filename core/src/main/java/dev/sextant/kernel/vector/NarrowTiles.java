package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Tiles.load;
import static dev.sextant.kernel.vector.Tiles.spread;

import dev.sextant.kernel.Product;
import jdk.incubator.vector.FloatVector;

/** Tiles one vector wide, for what {@link Tiles} leaves at the edge and for few tokens. */
final class NarrowTiles {
  static void eightByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    int m = l + 4 * s;
    FloatVector zero = Tiles.spread(0);
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

  static void fourByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int s = p.leftStride;
    int l = p.leftAt + row * s;
    FloatVector zero = Tiles.spread(0);
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

  static void oneByOne(Product p, int row, int column) {
    float[] left = p.left;
    float[] right = p.right;
    int depth = p.depth;
    int stride = p.rightStride;
    int l = p.leftAt + row * p.leftStride;
    FloatVector a = Tiles.spread(0);
    for (int k = 0, at = p.rightAt + column; k < depth; k++, at += stride)
      a = load(right, at).fma(spread(left[l + k]), a);
    a.intoArray(p.result, p.resultAt + row * p.resultStride + column);
  }

  private NarrowTiles() {}
}
