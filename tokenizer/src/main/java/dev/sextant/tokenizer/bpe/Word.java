package dev.sextant.tokenizer.bpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The symbols of one piece while they merge. Reused from piece to piece; not for two threads. */
final class Word {
  /** Up to this many symbols a plain scan for the best pair beats a heap. */
  private static final int SCANNED = 40;

  private int[] ids = new int[64];
  private int[] lengths = new int[64]; // in UTF-8 bytes of the piece
  private long[] merges = new long[64]; // of the symbol and the next
  private int size;

  void clear() {
    size = 0;
  }

  void add(int id, int length) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
      merges = Arrays.copyOf(merges, 2 * size);
    }
    ids[size] = id;
    lengths[size++] = length;
  }

  int size() {
    return size;
  }

  int id(int symbol) {
    return ids[symbol];
  }

  /** All ids, as a copy. */
  int[] ids() {
    return Arrays.copyOf(ids, size);
  }

  /** Appends all ids to a buffer. */
  void copyTo(IdBuffer target) {
    for (int i = 0; i < size; i++) {
      target.add(ids[i]);
    }
  }

  int length(int symbol) {
    return lengths[symbol];
  }

  /** Merges until nothing merges: always the pair with the lowest rank, of equal ones the leftmost. */
  void merge(MergeTable table, @Nullable MergeListener listener) {
    if (size < 2) {
      return;
    }
    for (int i = 0; i + 1 < size; i++) {
      merges[i] = table.merge(ids[i], ids[i + 1]);
    }
    merges[size - 1] = MergeTable.NONE;
    if (size <= SCANNED) {
      scan(table, listener);
    } else {
      size = new LongWord(ids, lengths, merges, size).merge(table, listener);
    }
  }

  private void scan(MergeTable table, @Nullable MergeListener listener) {
    for (int best = best(); merges[best] != MergeTable.NONE; best = best()) {
      if (listener != null) {
        listener.merged(MergeTable.rank(merges[best]), ids[best], ids[best + 1], MergeTable.id(merges[best]));
      }
      ids[best] = MergeTable.id(merges[best]);
      lengths[best] += lengths[best + 1];
      remove(best + 1);
      if (best + 1 < size) {
        merges[best] = table.merge(ids[best], ids[best + 1]);
      } else {
        merges[best] = MergeTable.NONE;
      }
      if (best > 0) {
        merges[best - 1] = table.merge(ids[best - 1], ids[best]);
      }
    }
  }

  private int best() {
    int best = 0;
    for (int i = 1; i < size; i++) {
      if (merges[i] < merges[best]) {
        best = i;
      }
    }
    return best;
  }

  private void remove(int symbol) {
    int behind = size - symbol - 1;
    System.arraycopy(ids, symbol + 1, ids, symbol, behind);
    System.arraycopy(lengths, symbol + 1, lengths, symbol, behind);
    System.arraycopy(merges, symbol + 1, merges, symbol, behind);
    size--;
  }
}
