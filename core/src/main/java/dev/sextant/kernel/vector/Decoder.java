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

/**
 * Turns rows of weights into floats. The caller has proven that there is the row ({@code Engine.gather}, or by sharing out the
 * rows that there are), {@link Matrix} that it lies in the memory; vectors are read of whole ones only.
 */
final class Decoder {
  private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class,
      VectorShape.forBitSize(COUNT * Short.SIZE));

  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
  private static final int CHUNK = 4 * Blocks.SPAN;

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

  /** Some spans at a time: levels just written in pieces would be read whole only after a wait. */
  private static void quantized(Matrix.Quantized w, int row, float[] into, int at) {
    byte[] levels = new byte[CHUNK];
    int n = w.columns();
    for (int from = 0; from < n; from += CHUNK) {
      int to = Math.min(n, from + CHUNK);
      for (int c = from; c < to; c += Blocks.SPAN) Blocks.levels(w, row, c, levels, c - from);
      for (int c = from; c < to; c += Blocks.COLUMNS)
        scaled(levels, c - from, Math.min(Blocks.COLUMNS, to - c), w.zero(), Blocks.scale(w, row, c), into, at + c);
    }
  }

  /** (level - zero) · scale, for n levels of a block. */
  private static void scaled(byte[] levels, int from, int n, int zero, float scale, float[] into, int at) {
    int whole = n / SUM * SUM;
    for (int i = 0; i < whole; i += SUM) {
      ByteVector bytes = ByteVector.fromArray(BYTES, levels, from + i);
      for (int part = 0; part < SUM / COUNT; part++) {
        IntVector wide = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, INTS, part);
        ((FloatVector) wide.sub(zero).convert(I2F, 0)).mul(scale).intoArray(into, at + i + part * COUNT);
      }
    }
    for (int i = whole; i < n; i++) into[at + i] = (Byte.toUnsignedInt(levels[from + i]) - zero) * scale;
  }

  private static IntVector widened(MemorySegment data, long at) {
    return (IntVector) ShortVector.fromMemorySegment(SHORTS, data, at, ORDER).convertShape(S2I, INTS, 0);
  }

  private Decoder() {}
}
