package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.ORDER;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.sextant.kernel.Arranged;
import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.MatrixVector;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Rows of Q4 times a vector rounded to 8 bits. A word holds eight levels of a row; shifted down by 4 k bits, its lower half
 * begins with level k: s_k = l_k + 16 l_(k+1) + …, its upper half with level k + 4. Since l_k = s_k - 16 s_(k+1) modulo
 * 2^16, the sum of all l_k x_k is that of all s_k (x_k - 16 x_(k-1)), and no level has to be cut out. A block's sum of weights
 * without scale, -8 included, fits 16 bits, so what overflows on the way does no harm. Bounds as in {@link
 * ByteRows}.
 */
final class NibbleRows {
  /** Columns in a word. */
  private static final int WORD = 8;
  /** Factors for a word: of the word shifted by 0, 4, 8 and 12 bits. */
  private static final int FACTORS = 4;
  /** Factors for a block, the start of its sums among them. */
  private static final int BLOCK_FACTORS = 1 + Blocks.COLUMNS / WORD * FACTORS;
  private static final int BLOCK_BYTES = Blocks.COLUMNS / WORD * Blocks.LINE;
  private static final int SPAN_BYTES = Blocks.spanBytes(Byte.SIZE / 2);

  /** For each block what its sums begin with, since levels are 8 too large, then the factors of its words. */
  static void arrange(float[] x, int at, int n, Arranged into) {
    into.round(x, at, n);
    int columns = Math.ceilDiv(n, Blocks.SPAN) * Blocks.SPAN;
    int[] factors = into.factors(columns / Blocks.COLUMNS + columns / WORD * FACTORS);
    int f = 0;
    for (int i = 0; i < columns; i += WORD) {
      if (i % Blocks.COLUMNS == 0) factors[f++] = start(into.levels, i);
      for (int k = i; k < i + FACTORS; k++, f++)
        factors[f] = halves(factor(into.levels, k, i), factor(into.levels, k + 4, i));
    }
  }

  private static int start(int[] levels, int column) {
    int sum = 0;
    for (int i = column; i < column + Blocks.COLUMNS; i++) sum += levels[i];
    return -8 * sum & 0xffff;
  }

  private static int factor(int[] levels, int column, int first) {
    return column == first ? levels[column] : levels[column] - 16 * levels[column - 1];
  }

  private static int halves(int low, int high) {
    return low & 0xffff | high << 16;
  }

  /** The rows {@code from .. to - 1}; a group left over goes alone, two times over. */
  static void multiply(MatrixVector p, Matrix.Q4 w, int from, int to) {
    Groups groups = new Groups(from, to);
    int half = groups.count() / 2;
    streams(p, groups, groups.first(), half, half);
    if (groups.count() % 2 > 0) streams(p, groups, groups.first() + 2 * half, 1, 0);
  }

  /**
   * The groups {@code group .. group + groups - 1} and as many from {@code apart} further on: they share the loads of x. The
   * words of a block are a loop: written out, they come so near to the compiler's limit of nodes that it may end inlining
   * before the block does, and then it boxes vectors (tens of megabytes a token).
   */
  private static void streams(MatrixVector p, Groups range, int group, int groups, int apart) {
    MemorySegment data = p.w.data();
    int[] factors = p.x.factors;
    float[] scales = p.x.scales;
    int blocks = Math.ceilDiv(p.w.columns(), Blocks.COLUMNS);
    long groupBytes = p.w.rowBytes() * Blocks.ROWS;
    long stream = groupBytes * apart;
    for (int r = group; r < group + groups; r++) {
      for (int g = 0; g < SUM; g += COUNT) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        long at = r * groupBytes + Integer.BYTES * g;
        for (int block = 0; block < blocks; block++) {
          int f = block * BLOCK_FACTORS;
          long span = at + (block >> 1) * (long) SPAN_BYTES;
          long o = span + Blocks.LINE + (block & 1) * BLOCK_BYTES;
          ShortVector t = IntVector.broadcast(INTS, factors[f]).reinterpretAsShorts();
          ShortVector u = t;
          for (int word = 0; word < Blocks.COLUMNS / WORD; word++) {
            IntVector v = IntVector.fromMemorySegment(INTS, data, o + word * (long) Blocks.LINE, ORDER);
            IntVector w = IntVector.fromMemorySegment(INTS, data, o + stream + word * (long) Blocks.LINE, ORDER);
            ShortVector x = IntVector.broadcast(INTS, factors[f + FACTORS * word + 1]).reinterpretAsShorts();
            t = t.add(v.reinterpretAsShorts().mul(x));
            u = u.add(w.reinterpretAsShorts().mul(x));
            x = IntVector.broadcast(INTS, factors[f + FACTORS * word + 2]).reinterpretAsShorts();
            t = t.add(v.lanewise(LSHR, 4).reinterpretAsShorts().mul(x));
            u = u.add(w.lanewise(LSHR, 4).reinterpretAsShorts().mul(x));
            x = IntVector.broadcast(INTS, factors[f + FACTORS * word + 3]).reinterpretAsShorts();
            t = t.add(v.lanewise(LSHR, 8).reinterpretAsShorts().mul(x));
            u = u.add(w.lanewise(LSHR, 8).reinterpretAsShorts().mul(x));
            x = IntVector.broadcast(INTS, factors[f + FACTORS * word + 4]).reinterpretAsShorts();
            t = t.add(v.lanewise(LSHR, 12).reinterpretAsShorts().mul(x));
            u = u.add(w.lanewise(LSHR, 12).reinterpretAsShorts().mul(x));
          }
          IntVector sum = t.reinterpretAsInts();
          sum = sum.add(sum.lanewise(LSHL, 16)).lanewise(ASHR, 16);
          IntVector other = u.reinterpretAsInts();
          other = other.add(other.lanewise(LSHL, 16)).lanewise(ASHR, 16);
          long s = span + (block & 1) * Short.BYTES;
          FloatVector scale = FloatVector.broadcast(FLOATS, scales[block]);
          FloatVector scaleA = IntVector.fromMemorySegment(INTS, data, s, ORDER).lanewise(LSHL, 16)
              .reinterpretAsFloats();
          FloatVector scaleB = IntVector.fromMemorySegment(INTS, data, s + stream, ORDER).lanewise(LSHL, 16)
              .reinterpretAsFloats();
          a = a.add(((FloatVector) sum.convert(I2F, 0)).mul(scaleA.mul(scale)));
          b = b.add(((FloatVector) other.convert(I2F, 0)).mul(scaleB.mul(scale)));
        }
        a.intoArray(p.lanes, g);
        b.intoArray(p.lanes, SUM + g);
      }
      range.store(p, r, 0);
      range.store(p, r + apart, SUM);
    }
  }

  private NibbleRows() {}
}
