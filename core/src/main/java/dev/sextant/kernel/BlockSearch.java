package dev.sextant.kernel;

import java.util.Arrays;

/**
 * Finds scale and levels of one block in each row of a group: of some scales that might do, the one with the least squared
 * error. In 8 bits these are the smallest that leaves no level out of range and the next BF16 numbers. In 4 bits the largest
 * weight, whatever its sign, goes to about level 0, since that is furthest from zero: from 7 to 9 steps are tried.
 */
final class BlockSearch {
  private static final int TRIALS = 9;
  private static final int FRACTION = 0xffff;
  private static final int NEXT = FRACTION + 1;
  /** Where 4 bits put the largest weight in the first trial, in levels below zero, and how much further in each other. */
  private static final float NEAREST = 7;
  private static final float STEP = 0.25f;

  /** The weights, column by column, and the levels found, from 0 on. */
  final float[] weights = new float[Blocks.ROWS * Blocks.COLUMNS];
  final int[] levels = new int[weights.length];
  /** For each row, a BF16 number; NaN if a weight of the block is not finite: what it is multiplied by shows it. */
  final float[] scales = new float[Blocks.ROWS];

  private final Kernels kernels;
  private final int bits;
  private final int zero;
  private final float[] largest = new float[Blocks.ROWS];
  private final float[] trial = new float[Blocks.ROWS];
  private final float[] inverse = new float[Blocks.ROWS];
  /** The inverse of the first trial. */
  private final float[] unit = new float[Blocks.ROWS];
  private final float[] errors = new float[Blocks.ROWS];
  private final float[] least = new float[Blocks.ROWS];

  BlockSearch(Kernels kernels, Matrix.Quantized to) {
    this.kernels = kernels;
    this.bits = to.bits();
    this.zero = to.zero();
  }

  void search() {
    findLargest();
    for (int i = 0; i < TRIALS; i++) {
      for (int r = 0; r < Blocks.ROWS; r++) {
        trial[r] = trial(largest[r], i);
        inverse[r] = inverse(trial[r]);
      }
      kernels.roundingErrors(weights, inverse, zero, errors);
      for (int r = 0; r < Blocks.ROWS; r++) keepBetter(r, i == 0);
    }
    round();
  }

  private void findLargest() {
    for (int r = 0; r < Blocks.ROWS; r++) {
      float most = 0;
      float least = 0;
      for (int i = r; i < weights.length; i += Blocks.ROWS) {
        most = Math.max(most, weights[i]); // NaN stays
        least = Math.min(least, weights[i]);
      }
      boolean finite = most <= Float.MAX_VALUE && -least <= Float.MAX_VALUE;
      largest[r] = !finite ? Float.NaN : most >= -least ? most : least;
    }
  }

  private float trial(float largestWeight, int i) {
    if (bits < Byte.SIZE) return rounded(-largestWeight / (NEAREST + STEP * i));
    return Float.intBitsToFloat(
        (Float.floatToRawIntBits(Math.abs(largestWeight) / (zero - 1)) + FRACTION & ~FRACTION) + NEXT * i);
  }

  private static float rounded(float scale) {
    int all = Float.floatToRawIntBits(scale);
    return Float.intBitsToFloat(all + 0x7fff + (all >>> 16 & 1) & ~FRACTION);
  }

  /** Where it would not be finite, 0: all levels are those of 0. */
  private static float inverse(float scale) {
    return Math.abs(scale) >= Float.MIN_NORMAL ? 1 / scale : 0;
  }

  /** Errors are compared in steps of the first trial, whose square cannot overflow. */
  private void keepBetter(int r, boolean first) {
    if (first) {
      unit[r] = inverse[r];
      least[r] = errors[r];
      scales[r] = trial[r];
      return;
    }
    float steps = trial[r] * unit[r];
    float error = errors[r] * (steps * steps);
    if (error < least[r]) {
      least[r] = error;
      scales[r] = trial[r];
    }
  }

  private void round() {
    for (int r = 0; r < Blocks.ROWS; r++) inverse[r] = inverse(scales[r]);
    for (int i = 0; i < weights.length; i++) {
      float whole = weights[i] * inverse[i % Blocks.ROWS] + ScalarKernels.ROUNDER - ScalarKernels.ROUNDER;
      levels[i] = (int) Math.clamp(whole, -zero, zero - 1) + zero;
    }
  }
}
