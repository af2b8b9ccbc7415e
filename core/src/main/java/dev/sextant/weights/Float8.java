package dev.sextant.weights;

import dev.sextant.architecture.Blueprint.Blocks;
import dev.sextant.kernel.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongFunction;

/**
 * 8-bit floats (Micikevicius et al., arXiv:2209.05433), times scales, brought into a wider form once: BF16 where that holds
 * every product exactly, as with scales that are powers of two, else F32.
 */
final class Float8 {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int CODES = 256;

  /**
   * Scales of a matrix, one for each block.
   *
   * @param blocks sizes of a block; the last in each direction may be smaller
   * @param columns blocks side by side
   * @param values row-major
   */
  record Scales(Blocks blocks, int columns, float[] values) {}

  private final float[] numbers;
  private final Scales scales;

  private Float8(float[] numbers, Scales scales) {
    this.numbers = numbers;
    this.scales = scales;
  }

  static Float8 of(String dtype, Scales scales) {
    float[] numbers = new float[CODES];
    for (int code = 0; code < CODES; code++)
      numbers[code] = dtype.equals("F8_E4M3") ? e4m3(code) : Float.float16ToFloat((short) (code << 8));
    return new Float8(numbers, scales);
  }

  /** Sign, 4 bits of exponent, 3 of fraction; no infinities, and NaN only where all bits behind the sign are set. */
  private static float e4m3(int code) {
    int exponent = code >> 3 & 15;
    int fraction = code & 7;
    float magnitude = exponent == 15 && fraction == 7
        ? Float.NaN
        : exponent == 0 ? Math.scalb((float) fraction, -9) : Math.scalb((float) (8 + fraction), exponent - 10);
    return code < 128 ? magnitude : -magnitude;
  }

  /** The matrix in a wider form. */
  Matrix widened(MemorySegment codes, int rows, int columns, LongFunction<MemorySegment> allocate) {
    boolean half = fitsHalf();
    long bytesEach = half ? Short.BYTES : Float.BYTES;
    MemorySegment wide = allocate.apply(Math.multiplyExact((long) rows * columns, bytesEach));
    float[] products = new float[CODES];
    for (int block = 0; block < scales.values.length; block++) {
      fill(products, block);
      int top = block / scales.columns * scales.blocks.rows();
      int left = block % scales.columns * scales.blocks.columns();
      int bottom = (int) Math.min(rows, (long) top + scales.blocks.rows());
      int right = (int) Math.min(columns, (long) left + scales.blocks.columns());
      for (int row = top; row < bottom; row++) {
        widen(codes, (long) row * columns + left, (long) row * columns + right, half, products, wide);
      }
    }
    return half ? new Matrix.BF16(wide, rows, columns) : new Matrix.F32(wide, rows, columns);
  }

  private static void widen(MemorySegment codes, long from, long to, boolean half, float[] products,
      MemorySegment wide) {
    for (long i = from; i < to; i++) {
      float product = products[codes.get(ValueLayout.JAVA_BYTE, i) & 255];
      if (half) wide.setAtIndex(SHORT, i, (short) (Float.floatToRawIntBits(product) >>> 16));
      else wide.setAtIndex(FLOAT, i, product);
    }
  }

  private void fill(float[] products, int block) {
    for (int code = 0; code < CODES; code++) products[code] = numbers[code] * scales.values[block];
  }

  /** Whether the lower half of every product is empty. */
  private boolean fitsHalf() {
    float[] products = new float[CODES];
    for (int block = 0; block < scales.values.length; block++) {
      fill(products, block);
      for (float product : products) if ((Float.floatToRawIntBits(product) & 0xFFFF) != 0) return false;
    }
    return true;
  }
}
