package dev.sextant;

import dev.sextant.kernel.KeyValues;

/** How a session keeps the keys and values of its text. */
public enum CacheFormat {
  /** In single precision, as they are computed. */
  F32(KeyValues.Format.F32),
  /** Rounded to BF16, 8 bits of precision: half the memory, and half of what is read to look back. */
  BF16(KeyValues.Format.BF16);

  private final KeyValues.Format numbers;

  CacheFormat(KeyValues.Format numbers) {
    this.numbers = numbers;
  }

  KeyValues.Format numbers() {
    return numbers;
  }
}
