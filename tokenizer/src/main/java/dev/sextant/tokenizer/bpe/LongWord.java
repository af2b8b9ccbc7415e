package dev.sextant.tokenizer.bpe;

import org.jspecify.annotations.Nullable;

/**
 * Merges a long piece in O(n log n): a linked list of symbols and a heap of candidate pairs, of which those
 * overtaken by another merge are dropped when they come up.
 */
final class LongWord {
  private static final int END = -1;

  private final int[] ids;
  private final int[] lengths;
  private final long[] merges; // of each symbol and the next; the truth that heap entries are checked against
  private final int[] next;
  private final int[] previous;
  private final PairHeap heap;

  LongWord(int[] ids, int[] lengths, long[] merges, int size) {
    this.ids = ids;
    this.lengths = lengths;
    this.merges = merges;
    next = new int[size];
    previous = new int[size];
    heap = new PairHeap(size);
    for (int i = 0; i < size; i++) {
      next[i] = i + 1 < size ? i + 1 : END;
      previous[i] = i - 1;
      push(i);
    }
  }

  /** Merges, moves what is left to the front of the arrays, and returns how many symbols that are. */
  int merge(MergeTable table, @Nullable MergeListener listener) {
    while (!heap.isEmpty()) {
      long candidate = heap.remove();
      int left = PairHeap.symbol(candidate);
      if (merges[left] != MergeTable.NONE && MergeTable.rank(merges[left]) == PairHeap.rank(candidate)) {
        apply(left, table, listener);
      }
    }
    return compact();
  }

  private void apply(int left, MergeTable table, @Nullable MergeListener listener) {
    int right = next[left];
    if (listener != null) {
      listener.merged(MergeTable.rank(merges[left]), ids[left], ids[right], MergeTable.id(merges[left]));
    }
    ids[left] = MergeTable.id(merges[left]);
    lengths[left] += lengths[right];
    merges[right] = MergeTable.NONE;
    next[left] = next[right];
    if (next[left] != END) {
      previous[next[left]] = left;
    }
    update(left, table);
    if (previous[left] != END) {
      update(previous[left], table);
    }
  }

  private void update(int symbol, MergeTable table) {
    merges[symbol] = next[symbol] == END ? MergeTable.NONE : table.merge(ids[symbol], ids[next[symbol]]);
    push(symbol);
  }

  private void push(int symbol) {
    if (merges[symbol] != MergeTable.NONE) {
      heap.add(MergeTable.rank(merges[symbol]), symbol);
    }
  }

  private int compact() {
    int size = 0;
    for (int i = 0; i != END; i = next[i]) {
      ids[size] = ids[i];
      lengths[size++] = lengths[i];
    }
    return size;
  }
}
