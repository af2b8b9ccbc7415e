package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.ORDER;

import dev.sextant.kernel.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Loads of weights without a check at each. A loop over a segment re-reads its bounds and liveness after every fence, which
 * costs up to half the bandwidth; over one constant segment that spans all memory there is nothing to check. So the proof
 * that a range of rows lies within a living segment is made here, once per call, by {@link #origin}; whoever passes a
 * matrix keeps its memory mapped until the call returns.
 *
 * <p>Such a segment takes permission for native access. Without it loads go through the matrix's own segment.
 */
final class Weights {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
  private static final boolean DIRECT = Weights.class.getModule().isNativeAccessEnabled();
  private static final MemorySegment ALL = DIRECT ? allMemory() : MemorySegment.NULL;

  @SuppressWarnings("restricted")
  private static MemorySegment allMemory() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /** Where row {@code from} begins, for the loads below, having checked that the rows up to {@code to} are there. */
  static long origin(Matrix w, int from, int to) {
    MemorySegment data = w.data();
    if (from < 0 || to < from || to > w.rows() || to * w.rowBytes() > data.byteSize()) {
      throw new IndexOutOfBoundsException("rows " + from + " to " + to + " of a matrix of " + w.rows() + " rows");
    }
    if (!data.scope().isAlive()) throw new IllegalStateException("the memory of a matrix was unmapped while in use");
    return from * w.rowBytes() + (DIRECT ? data.address() : 0);
  }

  /** Can these kernels read this matrix? Arrays move, so not if it lies in one and loads are direct. */
  static boolean reachable(Matrix w) {
    return !DIRECT || w.data().isNative();
  }

  static FloatVector floats(MemorySegment data, long at) {
    return FloatVector.fromMemorySegment(FLOATS, DIRECT ? ALL : data, at, ORDER);
  }

  static IntVector ints(MemorySegment data, long at) {
    return IntVector.fromMemorySegment(INTS, DIRECT ? ALL : data, at, ORDER);
  }

  static float float32(MemorySegment data, long at) {
    return (DIRECT ? ALL : data).get(FLOAT, at);
  }

  static short int16(MemorySegment data, long at) {
    return (DIRECT ? ALL : data).get(SHORT, at);
  }

  private Weights() {}
}
