package dev.sextant.tokenizer.bpe;

import java.util.Arrays;

/** A binary heap of pairs, the lowest rank first, of equal ones the leftmost. */
final class PairHeap {
  private long[] heap; // rank << 32 | index of the left symbol
  private int size;

  PairHeap(int capacity) {
    heap = new long[capacity + 1];
  }

  static int rank(long pair) {
    return (int) (pair >> 32);
  }

  static int symbol(long pair) {
    return (int) pair;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(int rank, int symbol) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size + (size >> 1) + 1);
    }
    long pair = (long) rank << 32 | symbol;
    int hole = size++;
    for (int parent = hole - 1 >> 1; hole > 0 && heap[parent] > pair; parent = hole - 1 >> 1) {
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = pair;
  }

  long remove() {
    long least = heap[0];
    long last = heap[--size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = last;
    return least;
  }
}
