package dev.sextant.decode;

/**
 * A binary heap of token ids, ordered by a key that each id has; ids with equal keys rank by id, the lowest best. Fill
 * it with {@link #append}, then {@link #order} it. The arrays are used again for every token.
 */
final class IdHeap {
  enum Order {
    BEST_FIRST, WORST_FIRST
  }

  private final int[] ids;
  private int size;
  private double[] keys = {};
  private boolean bestFirst;

  IdHeap(int capacity) {
    ids = new int[capacity];
  }

  /** Whether a comes before b: the higher key first, then the lower id. */
  static boolean ranksBefore(double[] keys, int a, int b) {
    return keys[a] > keys[b] || keys[a] == keys[b] && a < b;
  }

  /** Empties the heap and sets the key of each id. */
  void reset(double[] newKeys, Order order) {
    keys = newKeys;
    bestFirst = order == Order.BEST_FIRST;
    size = 0;
  }

  void append(int id) {
    ids[size++] = id;
  }

  /** Makes a heap of what was appended, in linear time. */
  void order() {
    for (int parent = size / 2 - 1; parent >= 0; parent--) sink(parent);
  }

  int top() {
    return ids[0];
  }

  /** In a heap with the worst id on top: lets a better one take its place. */
  void replaceTopIfBetter(int id) {
    if (!ranksBefore(keys, id, ids[0])) return;
    ids[0] = id;
    sink(0);
  }

  int remove() {
    int top = ids[0];
    ids[0] = ids[--size];
    sink(0);
    return top;
  }

  /** Removes ids, at least one, until their weights sum up to {@code goal}; gives the last one removed. */
  int removeUntil(double goal, double[] weights) {
    int last = remove();
    double sum = weights[last];
    while (sum < goal && size > 0) {
      last = remove();
      sum += weights[last];
    }
    return last;
  }

  private void sink(int from) {
    int id = ids[from];
    int hole = from;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && above(ids[child + 1], ids[child])) child++;
      if (!above(ids[child], id)) break;
      ids[hole] = ids[child];
      hole = child;
    }
    ids[hole] = id;
  }

  private boolean above(int a, int b) {
    return ranksBefore(keys, a, b) == bestFirst;
  }
}
