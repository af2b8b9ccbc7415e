package dev.sextant.report;

import java.util.Arrays;

/** Where a head looks: positions and their shares of its attention, the strongest first. */
final class Looks {
  /** Weaker ones are not worth a place; in {@link Json#UNIT}. */
  static final int FAINTEST = 5;

  private Looks() {}

  /** How many are strong enough. */
  static int count(float... probabilities) {
    int count = 0;
    for (float probability : probabilities) if (Json.units(probability) >= FAINTEST) count++;
    return count;
  }

  /**
   * The strongest.
   *
   * @param probabilities [positions so far]
   * @param most how many at most
   * @return position, share, position, share ...; shares in {@link Json#UNIT}
   */
  static int[] strongest(float[] probabilities, int most) {
    long[] order = new long[probabilities.length];
    int count = 0;
    for (int i = 0; i < probabilities.length; i++) {
      long share = Json.units(probabilities[i]);
      if (share >= FAINTEST) order[count++] = -share << Integer.SIZE | i; // the strongest first, of equals the first position
    }
    Arrays.sort(order, 0, count);
    int[] looks = new int[2 * Math.min(most, count)];
    for (int i = 0; i < looks.length / 2; i++) {
      looks[2 * i] = (int) order[i];
      looks[2 * i + 1] = (int) -(order[i] >> Integer.SIZE);
    }
    return looks;
  }
}
