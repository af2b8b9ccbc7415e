package dev.sextant.numeric;

import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/** The best of many values. */
public final class Ranking {
  private Ranking() {}

  /**
   * The places of the largest values, the largest first and of equals the lower place first. NaN is never among them.
   *
   * @param n how many values there are
   * @param valueAt the value at each place in 0..n-1
   * @param k how many places, at least 0; all that have a number when larger
   */
  public static int[] largest(int n, IntToDoubleFunction valueAt, int k) {
    int size = Math.min(k, n);
    if (size == 0) return new int[0];
    // The worst so far on top: most places cost one comparison.
    PriorityQueue<Place> best = new PriorityQueue<>(size);
    for (int place = 0; place < n; place++) {
      double value = valueAt.applyAsDouble(place);
      if (Double.isNaN(value) || best.size() == size && !(value > best.element().value)) continue;
      if (best.size() == size) best.remove();
      best.add(new Place(place, value));
    }
    int[] places = new int[best.size()];
    for (int i = places.length - 1; i >= 0; i--) places[i] = best.remove().place;
    return places;
  }

  /** Ordered the worst first. */
  private record Place(int place, double value) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      if (value != other.value) return value < other.value ? -1 : 1; // -0 equals 0
      return Integer.compare(other.place, place);
    }
  }
}
