package dev.sextant.safetensors;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The element types of the format, each by the name it has in the header. Values are little endian; a tensor is laid
 * out row by row, without padding between elements, so types below one byte are packed.
 *
 * <p>The order is that of the reference (by alignment), which its writer sorts by. Source: {@code Dtype} in
 * huggingface/safetensors 0.8.0, {@code safetensors/src/tensor.rs}.
 */
public enum DType {
  /** A truth value, one byte each. */
  BOOL(8),
  /** Microscaling float, 1 sign, 2 exponent and 1 mantissa bits; two to a byte. */
  F4(4),
  /** Microscaling float, 1 sign, 2 exponent and 3 mantissa bits; four to three bytes. */
  F6_E2M3(6),
  /** Microscaling float, 1 sign, 3 exponent and 2 mantissa bits; four to three bytes. */
  F6_E3M2(6),
  /** Unsigned 8-bit integer. */
  U8(8),
  /** Signed 8-bit integer. */
  I8(8),
  /** 8-bit float, 5 exponent and 2 mantissa bits (arXiv 2209.05433). */
  F8_E5M2(8),
  /** 8-bit float, 4 exponent and 3 mantissa bits, no infinities (arXiv 2209.05433). */
  F8_E4M3(8),
  /** A power of two, 8 exponent bits and nothing else: the scale of a microscaling block. */
  F8_E8M0(8),
  /** {@link #F8_E4M3} without a negative zero, which is the only NaN instead (arXiv 2206.02915). */
  F8_E4M3FNUZ(8),
  /** {@link #F8_E5M2} without infinities and negative zero, which is the only NaN instead (arXiv 2206.02915). */
  F8_E5M2FNUZ(8),
  /** Signed 16-bit integer. */
  I16(16),
  /** Unsigned 16-bit integer. */
  U16(16),
  /** IEEE 754 binary16. */
  F16(16),
  /** The upper half of a binary32. */
  BF16(16),
  /** Signed 32-bit integer. */
  I32(32),
  /** Unsigned 32-bit integer. */
  U32(32),
  /** IEEE 754 binary32. */
  F32(32),
  /** Complex number: real, then imaginary part, each a binary32. */
  C64(64),
  /** IEEE 754 binary64. */
  F64(64),
  /** Signed 64-bit integer. */
  I64(64),
  /** Unsigned 64-bit integer. */
  U64(64);

  private static final Map<String, DType> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(DType::name, Function.identity()));

  private final int bits;

  DType(int bits) {
    this.bits = bits;
  }

  /** The type of that name in a header, exactly as written there; empty for any other text. */
  public static Optional<DType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Bits that one element takes: 4 to 64. */
  public int bits() {
    return bits;
  }

  /**
   * Bytes that a tensor takes.
   *
   * @param shape size of each dimension, outermost first, none negative; no dimensions make a scalar, one element
   * @throws ArithmeticException if the bits do not fit a long (multiplied from the left, so that a zero hides only what
   *     follows it) or do not fill whole bytes; the message says which
   */
  public long byteSize(long... shape) {
    long total = product(elements(shape), bits);
    if (total % Byte.SIZE != 0) {
      throw new ArithmeticException(total / bits + " elements of " + bits + " bits do not fill whole bytes");
    }
    return total / Byte.SIZE;
  }

  /** Product of the dimensions; 1 for a scalar. */
  static long elements(long[] shape) {
    long elements = 1;
    for (long dimension : shape) {
      elements = product(elements, dimension);
    }
    return elements;
  }

  /** Compiled code throws multiplyExact's exception without a message after a while, so this makes its own. */
  private static long product(long a, long b) {
    if (Math.multiplyHigh(a, b) != a * b >> 63) throw new ArithmeticException("long overflow");
    return a * b;
  }
}
