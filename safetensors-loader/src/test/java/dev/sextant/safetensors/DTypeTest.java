package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and sizes of the element types, against the list of the reference (0.8.0), written down once more. */
class DTypeTest {
  @ParameterizedTest
  @CsvSource({"BOOL,8", "F4,4", "F6_E2M3,6", "F6_E3M2,6", "U8,8", "I8,8", "F8_E5M2,8", "F8_E4M3,8", "F8_E8M0,8",
    "F8_E4M3FNUZ,8", "F8_E5M2FNUZ,8", "I16,16", "U16,16", "F16,16", "BF16,16", "I32,32", "U32,32", "F32,32", "C64,64",
    "F64,64", "I64,64", "U64,64"})
  void eachTypeHasItsNameAndSize(String name, int bits) {
    DType type = DType.named(name).orElseThrow();
    assertEquals(bits, type.bits());
    assertEquals(bits * 3L, type.byteSize(4, 6));
  }

  @Test
  void thereAreNoOthers() {
    assertEquals(22, DType.values().length);
    assertEquals(Optional.empty(), DType.named("f32"));
    assertEquals(Optional.empty(), DType.named("F32 "));
  }

  @Test
  void sizesThatFillNoWholeBytesAreRefused() {
    assertEquals(3, DType.F6_E3M2.byteSize(4));
    assertEquals(1, DType.F4.byteSize(2));
    assertEquals(0, DType.F4.byteSize(0));
    assertThrows(ArithmeticException.class, () -> DType.F4.byteSize());
    assertThrows(ArithmeticException.class, () -> DType.F4.byteSize(3, 5));
    assertThrows(ArithmeticException.class, () -> DType.F6_E2M3.byteSize(2));
    ArithmeticException error = assertThrows(ArithmeticException.class, () -> DType.F6_E2M3.byteSize(3, 3));
    assertTrue(String.valueOf(error.getMessage()).contains("9 elements of 6 bits"), error::getMessage);
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertEquals(1L << 59, DType.U8.byteSize(1L << 59));
    assertThrows(ArithmeticException.class, () -> DType.U8.byteSize(1L << 60));
    assertThrows(ArithmeticException.class, () -> DType.F32.byteSize(1L << 32, 1L << 32));
    assertThrows(ArithmeticException.class, () -> DType.F32.byteSize(1L << 62, 1L << 62, 0));
    assertEquals(0, DType.F32.byteSize(0, 1L << 62, 1L << 62));
    assertEquals(4, DType.F32.byteSize());
  }
}
