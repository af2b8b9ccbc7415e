package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.S2I;
import static jdk.incubator.vector.VectorOperators.UGE;

import dev.sextant.kernel.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Turns rows of weights into floats. */
final class Decoder {
  private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class,
      VectorShape.forBitSize(COUNT * Short.SIZE));

  static void decode(Matrix w, int row, float[] into, int at) {
    long from = row * w.rowBytes();
    switch (w) {
      case Matrix.F32 m -> MemorySegment.copy(m.data(), Lanes.FLOAT, from, into, at, m.columns());
      case Matrix.BF16 m -> brain(m, from, into, at);
      case Matrix.F16 m -> half(m, from, into, at);
    }
  }

  private static void brain(Matrix.BF16 w, long from, float[] into, int at) {
    MemorySegment data = w.data();
    int whole = FLOATS.loopBound(w.columns());
    for (int i = 0; i < whole; i += COUNT)
      widened(data, from + 2L * i).lanewise(LSHL, 16).reinterpretAsFloats().intoArray(into, at + i);
    for (int i = whole; i < w.columns(); i++)
      into[at + i] = Float.intBitsToFloat(data.get(Lanes.SHORT, from + 2L * i) << 16);
  }

  /** As in {@link HalfRows}, then the topmost exponent, that of infinities and NaNs, is put right. */
  private static void half(Matrix.F16 w, long from, float[] into, int at) {
    MemorySegment data = w.data();
    int whole = FLOATS.loopBound(w.columns());
    for (int i = 0; i < whole; i += COUNT) {
      IntVector bits = widened(data, from + 2L * i).lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, 0x8fffe000);
      FloatVector finite = bits.reinterpretAsFloats().mul(0x1p112f);
      VectorMask<Float> special = bits.lanewise(AND, 0x7fffffff).compare(UGE, 0x0f800000).cast(FLOATS);
      FloatVector topped = finite.reinterpretAsInts().lanewise(OR, 0x7f800000).reinterpretAsFloats();
      finite.blend(topped, special).intoArray(into, at + i);
    }
    for (int i = whole; i < w.columns(); i++) into[at + i] = Float.float16ToFloat(data.get(Lanes.SHORT, from + 2L * i));
  }

  private static IntVector widened(MemorySegment data, long at) {
    return (IntVector) ShortVector.fromMemorySegment(SHORTS, data, at, ORDER).convertShape(S2I, INTS, 0);
  }

  private Decoder() {}
}
