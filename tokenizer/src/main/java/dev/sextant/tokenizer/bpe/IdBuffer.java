package dev.sextant.tokenizer.bpe;

import java.util.Arrays;

/** Ids as they are found. Grows. */
public final class IdBuffer {
  private int[] ids;
  private int size;

  public IdBuffer(int capacity) {
    ids = new int[Math.max(capacity, 8)];
  }

  public void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
    }
    ids[size++] = id;
  }

  public void addAll(int[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, ids, size, more.length);
    size += more.length;
  }

  private void reserve(int more) {
    if (size + more > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(size + more, 2 * size));
    }
  }

  public int size() {
    return size;
  }

  public int[] toArray() {
    return Arrays.copyOf(ids, size);
  }
}
