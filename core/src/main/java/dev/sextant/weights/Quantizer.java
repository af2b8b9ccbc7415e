package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.WeightFormat;
import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Kernels;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Packing;
import dev.sextant.kernel.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.IntPredicate;

/** Brings matrices into the format asked for, with all threads, in an arena of the model. */
public final class Quantizer {
  /** Stands for the unembedding where parts of a model are named by their layer. */
  public static final int UNEMBEDDING = -1;

  private static final int ALIGNMENT = Blocks.LINE;

  private final WeightFormat format;
  private final IntPredicate parts;
  private final Arena arena;
  private final Kernels kernels;
  private final Workers workers;
  private long replacedBytes;
  private long packedBytes;

  /**
   * @param parts which layers are to be in the format, by index, and the unembedding, by {@link #UNEMBEDDING}; the others
   *     stay as stored
   */
  public Quantizer(WeightFormat format, IntPredicate parts, Arena arena, Kernels kernels, Workers workers) {
    this.format = format;
    this.parts = parts;
    this.arena = arena;
    this.kernels = kernels;
    this.workers = workers;
  }

  Projection projection(Projection stored, int layer) {
    return parts.test(layer) ? new Projection(matrix(stored.matrix()), stored.bias()) : stored;
  }

  Matrix matrix(Matrix stored) {
    return switch (format) {
      case AS_STORED -> stored;
      case Q8 -> packed(stored, Byte.SIZE);
      case Q4 -> packed(stored, Byte.SIZE / 2);
    };
  }

  /** What a head reads: one format finer than the others, since rounded like them it did the most damage for its size. */
  Projection value(Projection stored, int layer) {
    boolean finer = format == WeightFormat.Q4 && parts.test(layer);
    return finer ? new Projection(packed(stored.matrix(), Byte.SIZE), stored.bias()) : stored;
  }

  /** The unembedding decides between tokens whose logits are close: it gets no fewer than 8 bits. */
  Matrix unembedding(Matrix stored) {
    return format == WeightFormat.AS_STORED || !parts.test(UNEMBEDDING) ? stored : packed(stored, Byte.SIZE);
  }

  /** What was quantised before stays so: its rounding cannot be undone, nor should it be rounded again. */
  private static Matrix kept(Matrix.Quantized stored, int bits) {
    if (stored.bits() == bits) return stored;
    throw new SextantException(
        "the weights are stored in " + stored.bits() + " bits already; they cannot be brought to "
            + bits + ", open the model that they were made from");
  }

  /** Bytes in the file of the matrices that were quantised and are not used where they lie any more. */
  long replacedBytes() {
    return replacedBytes;
  }

  /** Bytes of these matrices now. */
  long packedBytes() {
    return packedBytes;
  }

  private Matrix packed(Matrix stored, int bits) {
    if (stored instanceof Matrix.Quantized quantized) return kept(quantized, bits);
    long bytes = Blocks.bytes(bits, stored.rows(), stored.columns());
    MemorySegment data = arena.allocate(bytes, ALIGNMENT);
    Matrix.Quantized packed = bits == Byte.SIZE
        ? new Matrix.Q8(data, stored.rows(), stored.columns()) : new Matrix.Q4(data, stored.rows(), stored.columns());
    workers.run(new Packing(kernels, stored, packed));
    if (stored.data().isMapped()) replacedBytes += stored.data().byteSize();
    packedBytes += bytes;
    return packed;
  }
}
