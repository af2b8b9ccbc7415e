package dev.sextant.weights;

import dev.sextant.kernel.Matrix;

/**
 * Trained linear maps of the same x, multiplied together: faster than one after the other, and the same to the bit.
 *
 * @param matrices W of each [out, in]
 * @param biases b of each [out], or null
 */
public record Fan(Matrix[] matrices, float[][] biases) {
  static Fan of(Projection... projections) {
    Matrix[] matrices = new Matrix[projections.length];
    float[][] biases = new float[projections.length][];
    for (int i = 0; i < projections.length; i++) {
      matrices[i] = projections[i].matrix();
      biases[i] = projections[i].bias();
    }
    return new Fan(matrices, biases);
  }

  /** How many there are. */
  public int size() {
    return matrices.length;
  }
}
