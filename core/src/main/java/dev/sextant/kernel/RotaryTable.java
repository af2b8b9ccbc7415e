package dev.sextant.kernel;

/**
 * Cosines and sines for some consecutive positions: [positions, pairs] each, row-major, with any attention factor
 * multiplied in.
 */
public record RotaryTable(int positions, int pairs, float[] cos, float[] sin) {
  public RotaryTable {
    int size = Rows.size(positions, pairs);
    if (cos.length != size || sin.length != size) {
      throw new IllegalArgumentException("a table of " + positions + " x " + pairs + " has " + cos.length
          + " cosines and " + sin.length + " sines");
    }
  }
}
