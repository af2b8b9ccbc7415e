package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.architecture.Blueprint.Storage;
import dev.sextant.kernel.Blocks;
import dev.sextant.kernel.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes tensors from a source as matrices and vectors, checks their shapes and storage, and remembers which were taken.
 * What cannot be used where it lies (F64, 8-bit floats, or stored [in, out]) is brought into form once, in the given arena.
 */
final class Tensors {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED
      .withOrder(ByteOrder.LITTLE_ENDIAN);

  private final TensorSource source;
  private final Arena arena;
  private final boolean saved;
  private final ScaleTensors scales;
  private final Set<String> unused;
  private long copiedBytes;
  private long replacedBytes;

  /**
   * @param arena owns what is brought into another form
   * @param storage how the source stores the weights
   */
  Tensors(TensorSource source, Arena arena, Storage storage) {
    this.source = source;
    this.arena = arena;
    this.saved = storage.saved();
    this.scales = new ScaleTensors(this, storage.blocks());
    this.unused = new LinkedHashSet<>(source.names());
  }

  Collection<String> unused() {
    return unused;
  }

  long copiedBytes() {
    return copiedBytes;
  }

  /** Bytes of the source that are used in another form instead of where they lie. */
  long replacedBytes() {
    return replacedBytes;
  }

  /** The first of these names that the source has, or null. */
  @Nullable
  String find(List<String> spellings) {
    for (String name : spellings) if (source.contains(name)) return name;
    return null;
  }

  /** A matrix of that shape as the kernels read it. */
  Matrix matrix(String name, Shape wanted) {
    if (saved && source.info(name).dtype().equals("U8")) return quantized(name, wanted);
    TensorSource.Info info = take(name, wanted);
    MemorySegment data = source.segment(name);
    return switch (info.dtype()) {
      case "F32" -> new Matrix.F32(data, wanted.rows(), wanted.columns());
      case "BF16" -> new Matrix.BF16(data, wanted.rows(), wanted.columns());
      case "F16" -> new Matrix.F16(data, wanted.rows(), wanted.columns());
      case "F64" -> new Matrix.F32(narrowed(data), wanted.rows(), wanted.columns());
      case "F8_E4M3", "F8_E5M2" -> {
        replacedBytes += data.byteSize();
        yield Float8.of(info.dtype(), scales.of(name, wanted)).widened(data, wanted.rows(), wanted.columns(),
            this::allocate);
      }
      default -> throw unreadable(name, info);
    };
  }

  /** Bytes as they lie in a quantised matrix; how many they are tells how many bits a weight has. */
  private Matrix quantized(String name, Shape wanted) {
    MemorySegment data = source.segment(name);
    int rows = wanted.rows();
    int columns = wanted.columns();
    unused.remove(name);
    if (data.byteSize() == Blocks.bytes(8, rows, columns)) return new Matrix.Q8(data, rows, columns);
    if (data.byteSize() == Blocks.bytes(4, rows, columns)) return new Matrix.Q4(data, rows, columns);
    throw new SextantException("tensor " + name + " has " + data.byteSize() + " bytes; " + wanted + " in 8 bits takes "
        + Blocks.bytes(8, rows, columns) + ", in 4 bits "
        + Blocks.bytes(4, rows, columns));
  }

  /** A matrix that the file stores [columns, rows], turned round. */
  Matrix transposed(String name, Shape wanted) {
    long before = replacedBytes;
    Matrix stored = matrix(name, wanted.turned());
    if (replacedBytes == before) replacedBytes += stored.data().byteSize();
    return like(stored, turn(stored), wanted.rows(), wanted.columns());
  }

  /** A matrix of the same format over other memory. */
  private static Matrix like(Matrix format, MemorySegment data, int rows, int columns) {
    return switch (format) {
      case Matrix.F32 _ -> new Matrix.F32(data, rows, columns);
      case Matrix.BF16 _ -> new Matrix.BF16(data, rows, columns);
      case Matrix.F16 _ -> new Matrix.F16(data, rows, columns);
      case Matrix.Quantized _ -> throw new IllegalStateException("tensors are quantised last");
    };
  }

  /** Rows that alternate between so many parts, group by group, brought into the order of the parts. */
  Projection regrouped(Projection stored, int width, int parts, int groups) {
    Matrix m = stored.matrix();
    MemorySegment ordered = allocate(m.data().byteSize());
    replacedBytes += m.data().byteSize();
    float[] bias = stored.bias() == null ? null : new float[m.rows()];
    for (int part = 0; part < parts; part++) {
      for (int group = 0; group < groups; group++) {
        int from = (group * parts + part) * width;
        int to = (part * groups + group) * width;
        MemorySegment.copy(m.data(), from * m.rowBytes(), ordered, to * m.rowBytes(), width * m.rowBytes());
        if (bias != null) System.arraycopy(stored.bias(), from, bias, to, width);
      }
    }
    return new Projection(like(m, ordered, m.rows(), m.columns()), bias);
  }

  boolean contains(String name) {
    return source.contains(name);
  }

  long[] shape(String name) {
    return source.info(name).shape();
  }

  /** How many numbers a tensor has. */
  long elements(String name) {
    return Arrays.stream(shape(name)).reduce(1, Math::multiplyExact);
  }

  /** A vector in single precision. */
  float[] vector(String name, int length) {
    take(name, Shape.vector(length));
    return floats(name, length);
  }

  /** All numbers of a tensor, whatever its shape, in single precision. */
  float[] floats(String name, int length) {
    unused.remove(name);
    TensorSource.Info info = source.info(name);
    MemorySegment data = source.segment(name);
    float[] floats = new float[length];
    switch (info.dtype()) {
      case "F32" -> MemorySegment.copy(data, FLOAT, 0, floats, 0, length);
      case "BF16" -> {
        short[] halves = halves(data, length);
        for (int i = 0; i < length; i++) floats[i] = Float.intBitsToFloat(halves[i] << 16);
      }
      case "F16" -> {
        short[] halves = halves(data, length);
        for (int i = 0; i < length; i++) floats[i] = Float.float16ToFloat(halves[i]);
      }
      case "F64" -> {
        for (int i = 0; i < length; i++) floats[i] = (float) data.getAtIndex(DOUBLE, i);
      }
      default -> throw unreadable(name, info);
    }
    return floats;
  }

  /** Copied at once: until this is compiled, element by element would take ten times as long. */
  private static short[] halves(MemorySegment data, int length) {
    short[] halves = new short[length];
    MemorySegment.copy(data, SHORT, 0, halves, 0, length);
    return halves;
  }

  private TensorSource.Info take(String name, Shape wanted) {
    TensorSource.Info info = source.info(name);
    if (!Arrays.equals(info.shape(), wanted.sizes())) {
      throw new SextantException("tensor " + name + " has shape " + Arrays.toString(info.shape()) + "; config.json asks"
          + " for " + wanted);
    }
    unused.remove(name);
    return info;
  }

  private static SextantException unreadable(String name, TensorSource.Info info) {
    return new SextantException("tensor " + name + " is stored as " + info.dtype()
        + "; weights must be F32, BF16, F16, F64, F8_E4M3 or F8_E5M2");
  }

  private MemorySegment narrowed(MemorySegment doubles) {
    replacedBytes += doubles.byteSize();
    long count = doubles.byteSize() / Double.BYTES;
    MemorySegment floats = allocate(count * Float.BYTES);
    for (long i = 0; i < count; i++) floats.setAtIndex(FLOAT, i, (float) doubles.getAtIndex(DOUBLE, i));
    return floats;
  }

  /** Turns in tiles, so that each cache line that is read is used up before it is gone. */
  private MemorySegment turn(Matrix m) {
    MemorySegment turned = allocate(m.data().byteSize());
    int tile = 32;
    for (int r = 0; r < m.rows(); r += tile) {
      for (int c = 0; c < m.columns(); c += tile) {
        turnTile(m, r, Math.min(r + tile, m.rows()), c, turned);
      }
    }
    return turned;
  }

  private static void turnTile(Matrix m, int fromRow, int toRow, int fromColumn, MemorySegment turned) {
    int toColumn = Math.min(fromColumn + 32, m.columns());
    for (int c = fromColumn; c < toColumn; c++) {
      for (int r = fromRow; r < toRow; r++) {
        long from = (long) r * m.columns() + c;
        long to = (long) c * m.rows() + r;
        if (m instanceof Matrix.F32) {
          turned.setAtIndex(FLOAT, to, m.data().getAtIndex(FLOAT, from));
        } else {
          turned.setAtIndex(SHORT, to, m.data().getAtIndex(SHORT, from));
        }
      }
    }
  }

  private MemorySegment allocate(long bytes) {
    copiedBytes += bytes;
    return arena.allocate(bytes, 64);
  }
}
