package dev.sextant.kernel.vector;

import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.MatrixVector;

/** The groups of a quantised matrix that hold the rows {@code from .. to - 1}. */
record Groups(int from, int to) {
  int first() {
    return from / Blocks.ROWS;
  }

  int count() {
    return from < to ? Math.ceilDiv(to, Blocks.ROWS) - first() : 0;
  }

  /** Puts the sums of a group's rows, those of them asked for, where they belong. */
  void store(MatrixVector p, int group, int lane) {
    int row = group * Blocks.ROWS;
    int begin = Math.max(from, row);
    int end = Math.min(to, row + Blocks.ROWS);
    System.arraycopy(p.lanes, lane + begin - row, p.y, p.yAt + begin, end - begin);
  }
}
