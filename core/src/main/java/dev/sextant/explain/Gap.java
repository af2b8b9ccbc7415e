package dev.sextant.explain;

import dev.sextant.trace.Station;

/**
 * How far two journeys are apart in one place.
 *
 * @param station where
 * @param layer which block, from 0; 0 for stations outside the blocks
 * @param position of the token in the text
 * @param distance the length of the difference of both rows
 * @param relative the distance over the length of the longer row, from 0 to 2; 0 where both are the same. Infinity where one
 *     holds a number that is not finite and the other does not hold the same
 */
public record Gap(Station station, int layer, int position, double distance, double relative) {
  /** Of two rows of the same length. Numbers that are equal, infinite ones too, are no distance apart. */
  static Gap between(float[] a, float[] b, Station station, int layer, int position) {
    double square = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      if (Float.compare(a[i], b[i]) == 0 && !Float.isFinite(a[i])) continue;
      double difference = (double) a[i] - b[i];
      if (!Double.isFinite(difference)) {
        return new Gap(station, layer, position, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
      }
      square += difference * difference;
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    double distance = Math.sqrt(square);
    return new Gap(station, layer, position, distance,
        distance == 0 ? 0 : distance / Math.sqrt(Math.max(squareA, squareB)));
  }
}
