package dev.sextant.kernel.vector;

import static dev.sextant.kernel.vector.Lanes.COUNT;
import static dev.sextant.kernel.vector.Lanes.FLOATS;
import static dev.sextant.kernel.vector.Lanes.INTS;
import static dev.sextant.kernel.vector.Lanes.ORDER;
import static dev.sextant.kernel.vector.Lanes.SUM;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.S2I;
import static jdk.incubator.vector.VectorOperators.UGE;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
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

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;

  static void decode(Matrix w, int row, float[] into, int at) {
    long from = row * w.rowBytes();
    switch (w) {
      case Matrix.F32 m -> MemorySegment.copy(m.data(), Lanes.FLOAT, from, into, at, m.columns());
      case Matrix.BF16 m -> brain(m, from, into, at);
      case Matrix.F16 m -> half(m, from, into, at);
      case Matrix.Quantized m -> quantized(m, row, into, at);
    }
  }

  private static void brain(Matrix.BF16 w, long from, float[] into, int at) {
    MemorySegment data = w.data();
    int whole = FLOATS.loopBound(w.columns());
    for (int i = 0; i < whole; i += COUNT) brains(data, from + 2L * i).intoArray(into, at + i);
    for (int i = whole; i < w.columns(); i++)
      into[at + i] = Float.intBitsToFloat(data.get(Lanes.SHORT, from + 2L * i) << 16);
  }

  /** The numbers of a vector from a byte on. */
  static FloatVector brains(MemorySegment data, long at) {
    return widened(data, at).lanewise(LSHL, 16).reinterpretAsFloats();
  }

  private static void half(Matrix.F16 w, long from, float[] into, int at) {
    MemorySegment data = w.data();
    int whole = FLOATS.loopBound(w.columns());
    for (int i = 0; i < whole; i += COUNT) halves(data, from + 2L * i).intoArray(into, at + i);
    for (int i = whole; i < w.columns(); i++) into[at + i] = Float.float16ToFloat(data.get(Lanes.SHORT, from + 2L * i));
  }

  /** As in {@link HalfRows}, then the topmost exponent, that of infinities and NaNs, is put right. */
  static FloatVector halves(MemorySegment data, long at) {
    IntVector bits = widened(data, at).lanewise(LSHL, 16).lanewise(ASHR, 3).lanewise(AND, 0x8fffe000);
    FloatVector finite = bits.reinterpretAsFloats().mul(0x1p112f);
    VectorMask<Float> special = bits.lanewise(AND, 0x7fffffff).compare(UGE, 0x0f800000).cast(FLOATS);
    FloatVector topped = finite.reinterpretAsInts().lanewise(OR, 0x7f800000).reinterpretAsFloats();
    return finite.blend(topped, special);
  }

  private static void quantized(Matrix.Quantized w, int row, float[] into, int at) {
    byte[] levels = new byte[Blocks.SPAN];
    int n = w.columns();
    for (int from = 0; from < n; from += Blocks.SPAN) {
      Blocks.levels(w, row, from, levels);
      int whole = Math.min(Blocks.SPAN, n - from) / SUM * SUM;
      for (int i = 0; i < whole; i += COUNT)
        weights(w, levels, i).mul(Blocks.scale(w, row, from + i)).intoArray(into, at + from + i);
      for (int i = whole; i < Math.min(Blocks.SPAN, n - from); i++)
        into[at + from + i] = (Byte.toUnsignedInt(levels[i]) - w.zero()) * Blocks.scale(w, row, from + i);
    }
  }

  /** Weights without their scale. */
  private static FloatVector weights(Matrix.Quantized w, byte[] levels, int from) {
    int part = from % SUM / COUNT;
    IntVector wide = (IntVector) ByteVector.fromArray(BYTES, levels, from - part * COUNT).convertShape(ZERO_EXTEND_B2I,
        INTS, part);
    return (FloatVector) wide.sub(w.zero()).convert(I2F, 0);
  }

  private static IntVector widened(MemorySegment data, long at) {
    return (IntVector) ShortVector.fromMemorySegment(SHORTS, data, at, ORDER).convertShape(S2I, INTS, 0);
  }

  private Decoder() {}
}
