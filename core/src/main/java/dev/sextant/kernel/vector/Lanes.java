package dev.sextant.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors used, and the one order of summation. Sums run in 16 lanes, number i in lane i mod 16, on every machine: with
 * narrower vectors a loop runs once for each group of lanes. So all machines get the same bits.
 */
final class Lanes {
  /** In how many lanes a sum runs. */
  static final int SUM = 16;
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED.length() > SUM
      ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED.length() > SUM
      ? IntVector.SPECIES_512 : IntVector.SPECIES_PREFERRED;
  /** Floats per vector: 4, 8 or 16. */
  static final int COUNT = FLOATS.length();
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
  static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);

  /** Checked by the Vector API, like all its loads and stores, unless somebody turns that off for the whole machine. */
  static FloatVector floats(MemorySegment data, long at) {
    return FloatVector.fromMemorySegment(FLOATS, data, at, ORDER);
  }

  static IntVector ints(MemorySegment data, long at) {
    return IntVector.fromMemorySegment(INTS, data, at, ORDER);
  }

  /** Two halves of a word, over and over. */
  static ShortVector halves(int word) {
    return IntVector.broadcast(INTS, word).reinterpretAsShorts();
  }

  /** Adds up 16 lanes stored in memory, always in the same tree. */
  static float sum(float[] t, int at) {
    float even = ((t[at] + t[at + 8]) + (t[at + 4] + t[at + 12]))
        + ((t[at + 2] + t[at + 10]) + (t[at + 6] + t[at + 14]));
    float odd = ((t[at + 1] + t[at + 9]) + (t[at + 5] + t[at + 13]))
        + ((t[at + 3] + t[at + 11]) + (t[at + 7] + t[at + 15]));
    return even + odd;
  }

  private Lanes() {}
}
