package dev.sextant.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TensorInfoTest {
  private static final Path FILE = Path.of("model.safetensors");

  @Test
  void theShapeCannotBeChangedFromOutside() {
    long[] shape = {2, 3};
    TensorInfo tensor = new TensorInfo("w", DType.F32, shape, 72, FILE);
    shape[0] = 7;
    tensor.shape()[1] = 7;
    assertArrayEquals(new long[] {2, 3}, tensor.shape());
    assertEquals(24, tensor.byteSize());
    assertEquals(6, tensor.elements());
    assertEquals(2, tensor.rank());
    assertEquals(3, tensor.dimension(1));
  }

  @Test
  void equalityLooksIntoTheShape() {
    TensorInfo tensor = new TensorInfo("w", DType.F32, new long[] {2, 3}, 72, FILE);
    assertEquals(tensor, new TensorInfo("w", DType.F32, new long[] {2, 3}, 72, FILE));
    assertEquals(tensor.hashCode(), new TensorInfo("w", DType.F32, new long[] {2, 3}, 72, FILE).hashCode());
    assertNotEquals(tensor, new TensorInfo("w", DType.F32, new long[] {3, 2}, 72, FILE));
    assertNotEquals(tensor, new TensorInfo("w", DType.I32, new long[] {2, 3}, 72, FILE));
    assertNotEquals(tensor, new TensorInfo("v", DType.F32, new long[] {2, 3}, 72, FILE));
    assertNotEquals(tensor, new TensorInfo("w", DType.F32, new long[] {2, 3}, 80, FILE));
    assertNotEquals(tensor, new TensorInfo("w", DType.F32, new long[] {2, 3}, 72, Path.of("other")));
  }

  @Test
  void itPrintsFitForAnyTerminal() {
    TensorInfo tensor = new TensorInfo("\u001b[31m\u202e", DType.BF16, new long[] {2}, 8, FILE);
    assertEquals("\"\\u001b[31m\\u202e\" BF16[2] at byte 8 of model.safetensors", tensor.toString());
  }

  @Test
  void whatNoTensorCanBeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new TensorInfo("w", DType.F32, new long[] {-1}, 0, FILE));
    assertThrows(IllegalArgumentException.class, () -> new TensorInfo("w", DType.F32, new long[] {1}, -1, FILE));
    assertThrows(IllegalArgumentException.class, () -> new TensorInfo("w", DType.F4, new long[] {1}, 0, FILE));
    assertThrows(IllegalArgumentException.class,
        () -> new TensorInfo("w", DType.F32, new long[] {1L << 40, 1L << 40}, 0, FILE));
  }
}
