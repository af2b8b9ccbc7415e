package dev.sextant.kernel.vector;

import dev.sextant.kernel.Activation;
import dev.sextant.kernel.Arranged;
import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Kernels;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Product;
import dev.sextant.kernel.RotaryTable;
import dev.sextant.kernel.Transposed;

/** The kernels in terms of the Vector API. */
public final class VectorKernels implements Kernels {
  /** Does this machine have vectors worth the name? */
  public static boolean available() {
    return Lanes.COUNT >= 4;
  }

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int lanes() {
    return Lanes.COUNT;
  }

  @Override
  public void decode(Matrix w, int row, float[] into, int at) {
    Decoder.decode(w, row, into, at);
  }

  /** BF16 and F16 are read in pairs: the even columns of each whole block before the odd ones; Q4 wants factors. */
  @Override
  public void arrange(Matrix w, float[] x, int at, Arranged arranged) {
    int n = w.columns();
    switch (w) {
      case Matrix.F32 _ -> System.arraycopy(x, at, arranged.floats(n), 0, n);
      case Matrix.BF16 _,Matrix.F16 _ -> Pairs.split(x, at, n, arranged.floats(n));
      case Matrix.Q8 _ -> ByteRows.arrange(x, at, n, arranged);
      case Matrix.Q4 _ -> NibbleRows.arrange(x, at, n, arranged);
    }
  }

  @Override
  public void multiply(MatrixVector p, int from, int to) {
    switch (p.w) {
      case Matrix.F32 w -> SingleRows.multiply(p, w, from, to);
      case Matrix.BF16 w -> BrainRows.multiply(p, w, from, to);
      case Matrix.F16 w -> HalfRows.multiply(p, w, from, to);
      case Matrix.Q8 w -> ByteRows.multiply(p, w, from, to);
      case Matrix.Q4 w -> NibbleRows.multiply(p, w, from, to);
    }
  }

  @Override
  public void multiply(Transposed p, int from, int to) {
    switch (p.w) {
      case Matrix.Quantized w -> TransposedBlocks.multiply(p, w, from, to);
      default -> TransposedRows.multiply(p, from, to);
    }
  }

  @Override
  public void multiply(MatrixVector[] products, int count, int from, int to) {
    switch (products[0].w) {
      case Matrix.F32 w when count > 2 -> FourVectors.multiply(products, count, w, from, to);
      default -> Kernels.super.multiply(products, count, from, to);
    }
  }

  @Override
  public void multiply(Product product) {
    if (product.isPaired) PairTiles.multiply(product);
    else Tiles.multiply(product);
  }

  @Override
  public float score(float[] x, int from, int to, AttentionShape shape, float[] lanes) {
    return Reductions.score(x, from, to, shape, lanes);
  }

  @Override
  public float exponentiate(float[] x, int from, int to, float highest, float[] lanes) {
    return Reductions.exponentiate(x, from, to, highest, lanes);
  }

  @Override
  public double sumOfExponentials(float[] x, double highest, double temperature) {
    return Exponentials.sum(x, highest, temperature);
  }

  @Override
  public double dot(float[] a, int aAt, float[] b, int bAt, int n) {
    return Exponentials.dot(a, aAt, b, bAt, n);
  }

  @Override
  public int firstAbove(float[] x, int from, int to, float bound) {
    return Comparisons.firstAbove(x, from, to, bound);
  }

  @Override
  public int rank(float[] x, int from, int to, int place) {
    return Comparisons.rank(x, from, to, place);
  }

  @Override
  public void normalize(Norm norm, float[] x, float[] y, int at, float[] lanes) {
    Reductions.normalize(norm, x, y, at, lanes);
  }

  @Override
  public void rotate(float[] x, int at, RotaryTable table, int position) {
    Elementwise.rotate(x, at, table, position);
  }

  @Override
  public void activate(Activation f, float[] x, int from, int to, float[] lanes) {
    Elementwise.activate(f, x, from, to, lanes);
  }

  @Override
  public void add(float[] x, int from, float[] into, int at, int n) {
    Elementwise.add(x, from, into, at, n);
  }

  @Override
  public void multiply(float[] x, float[] into, int from, int to) {
    Elementwise.multiply(x, into, from, to);
  }

  @Override
  public void cap(float[] x, float cap, int from, int to, float[] lanes) {
    Elementwise.cap(x, 1 / cap, cap, from, to, lanes);
  }

  @Override
  public void scale(float[] x, float factor, int from, int to) {
    Elementwise.scale(x, factor, from, to);
  }

  @Override
  public void roundingErrors(float[] weights, float[] inverse, int zero, float[] errors) {
    Rounding.errors(weights, inverse, zero, errors);
  }
}
