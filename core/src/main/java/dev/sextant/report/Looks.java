package dev.sextant.report;

import java.util.Arrays;
import java.util.Comparator;

/** Where a head looks: positions and their shares of its attention, the strongest first. */
final class Looks {
  /** Weaker ones are not worth a place; in {@link Json#UNIT}. */
  static final int FAINTEST = 5;

  private Looks() {}

  /**
   * The strongest.
   *
   * @param probabilities [positions so far]
   * @param most how many at most
   * @return position, share, position, share ...; shares in {@link Json#UNIT}
   */
  static int[] strongest(float[] probabilities, int most) {
    Integer[] order = new Integer[probabilities.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -probabilities[i]));
    int[] looks = new int[2 * Math.min(most, order.length)];
    int length = 0;
    for (int i = 0; length < looks.length && Json.units(probabilities[order[i]]) >= FAINTEST; i++) {
      looks[length++] = order[i];
      looks[length++] = (int) Json.units(probabilities[order[i]]);
    }
    return Arrays.copyOf(looks, length);
  }
}
