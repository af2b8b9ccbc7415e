package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A matrix of trained weights [rows, columns], little-endian, where it lies in memory: row-major in the mapped file, or
 * {@linkplain Quantized quantised}. One record per storage format. Neither copied nor owned: whoever mapped the memory keeps
 * it open. A matrix is made only of memory that has exactly its size: from then on, loops over its rows and columns prove nothing
 * again.
 */
public sealed interface Matrix {
  MemorySegment data();

  int rows();

  int columns();

  /** Bytes of one row. */
  long rowBytes();

  /** The rows {@code from .. from + count - 1} of this matrix, sharing its memory. */
  Matrix slice(int from, int count);

  /** IEEE single precision, 4 bytes. */
  record F32(MemorySegment data, int rows, int columns) implements Matrix {
    public F32 { requireSize(data, rows, columns, Float.BYTES); }

    @Override
    public long rowBytes() {
      return (long) columns * Float.BYTES;
    }

    @Override
    public F32 slice(int from, int count) {
      return new F32(data.asSlice(from * rowBytes(), count * rowBytes()), count, columns);
    }
  }

  /** The upper half of a single, 2 bytes. */
  record BF16(MemorySegment data, int rows, int columns) implements Matrix {
    public BF16 { requireSize(data, rows, columns, Short.BYTES); }

    @Override
    public long rowBytes() {
      return (long) columns * Short.BYTES;
    }

    @Override
    public BF16 slice(int from, int count) {
      return new BF16(data.asSlice(from * rowBytes(), count * rowBytes()), count, columns);
    }
  }

  /** IEEE half precision, 2 bytes. */
  record F16(MemorySegment data, int rows, int columns) implements Matrix {
    public F16 { requireSize(data, rows, columns, Short.BYTES); }

    @Override
    public long rowBytes() {
      return (long) columns * Short.BYTES;
    }

    @Override
    public F16 slice(int from, int count) {
      return new F16(data.asSlice(from * rowBytes(), count * rowBytes()), count, columns);
    }
  }

  /**
   * Whole numbers of few bits, the {@linkplain #levels levels}, with a scale, a BF16 number, for each {@value
   * Blocks#COLUMNS} columns of a row: weight = (level - {@link #zero}) · scale. How they lie in memory, {@link Blocks} says.
   */
  sealed interface Quantized extends Matrix {
    /** Bits of a level. */
    int bits();

    /** How many levels there are. */
    default int levels() {
      return 1 << bits();
    }

    /** The level of weight 0. */
    default int zero() {
      return levels() / 2;
    }

    /** Bytes of one row, scales included, if its memory were its own: rows lie interleaved. */
    @Override
    default long rowBytes() {
      return Blocks.groupBytes(bits(), columns()) / Blocks.ROWS;
    }
  }

  /** Levels of 8 bits: 1.0625 bytes a weight. */
  record Q8(MemorySegment data, int rows, int columns) implements Quantized {
    public Q8 { Blocks.requireSize(data, rows, columns, Byte.SIZE); }

    @Override
    public int bits() {
      return Byte.SIZE;
    }

    @Override
    public Q8 slice(int from, int count) {
      return new Q8(Blocks.slice(this, from, count), count, columns);
    }
  }

  /** Levels of 4 bits: 0.5625 bytes a weight. */
  record Q4(MemorySegment data, int rows, int columns) implements Quantized {
    public Q4 { Blocks.requireSize(data, rows, columns, Byte.SIZE / 2); }

    @Override
    public int bits() {
      return Byte.SIZE / 2;
    }

    @Override
    public Q4 slice(int from, int count) {
      return new Q4(Blocks.slice(this, from, count), count, columns);
    }
  }

  /** Divides rather than multiplies, which would overflow for the largest sizes. */
  private static void requireSize(MemorySegment data, int rows, int columns, int bytesEach) {
    long numbers = (long) rows * columns;
    if (rows < 0 || columns < 0 || data.byteSize() % bytesEach != 0 || data.byteSize() / bytesEach != numbers) {
      throw new IllegalArgumentException("a matrix of " + rows + " x " + columns + " numbers of " + bytesEach
          + " bytes cannot lie in " + data.byteSize() + " bytes");
    }
  }
}
