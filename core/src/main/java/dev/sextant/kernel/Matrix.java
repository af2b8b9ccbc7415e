package dev.sextant.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A matrix of trained weights [rows, columns], row-major and little-endian, where it lies in memory (usually the mapped
 * file). One record per storage format. Neither copied nor owned: whoever mapped the memory keeps it open.
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

  private static void requireSize(MemorySegment data, int rows, int columns, int bytesEach) {
    long wanted = Math.multiplyExact(Math.multiplyExact((long) rows, columns), bytesEach);
    if (rows < 0 || columns < 0 || data.byteSize() != wanted) {
      throw new IllegalArgumentException("a matrix of " + rows + " x " + columns + " takes " + wanted + " bytes, not "
          + data.byteSize());
    }
  }
}
