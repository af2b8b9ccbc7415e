package dev.sextant.kernel;

import java.util.Arrays;

/** The working memory of one part of a task: used by one thread at a time, grown on demand, then kept. */
final class Scratch {
  /** For sums kept in lanes until they are added up. */
  final float[] lanes = new float[64];
  final Product product = new Product();
  final Transposed transposed = new Transposed();
  /** For each of few tokens one. */
  final MatrixVector[] matrixVectors = new MatrixVector[FewTask.MOST];
  final Arranged rounded = new Arranged();
  private float[] panel = {};
  private float[] tile = {};

  Scratch() {
    Arrays.setAll(matrixVectors, _ -> new MatrixVector());
  }

  /** At least so many floats; what they hold is undefined. */
  float[] panel(int length) {
    if (panel.length < length) panel = new float[length];
    return panel;
  }

  /** At least so many floats, apart from those of {@link #panel}; what they hold is undefined. */
  float[] tile(int length) {
    if (tile.length < length) tile = new float[length];
    return tile;
  }
}
