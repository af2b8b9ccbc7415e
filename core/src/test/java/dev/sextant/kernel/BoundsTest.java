package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.kernel.Naive.Format;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes are proven where a thing is made or handed over, once; the loops rely on it. What does not fit is refused there. */
class BoundsTest {
  private static final int LARGE = Integer.MAX_VALUE;

  private static void assertRefused(org.junit.jupiter.api.function.Executable action) {
    assertThrows(IllegalArgumentException.class, action);
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aMatrixHasExactlyItsBytes(Format format) {
    Matrix right = Naive.matrix(format, 17, 65, 1);
    long bytes = right.data().byteSize();
    MemorySegment more = Arena.ofAuto().allocate(bytes + 8, 64);
    assertEquals(17, Naive.wrap(format, more.asSlice(0, bytes), 17, 65).rows());
    for (long wrong : new long[] {0, 1, bytes - 4, bytes - 1, bytes + 1, bytes + 4})
      assertRefused(() -> Naive.wrap(format, more.asSlice(0, wrong), 17, 65));
    assertRefused(() -> Naive.wrap(format, MemorySegment.NULL, -1, 65));
    assertRefused(() -> Naive.wrap(format, MemorySegment.NULL, 17, -65));
    assertRefused(() -> Naive.wrap(format, more, -1, -(int) bytes));
    assertRefused(() -> Naive.wrap(format, MemorySegment.NULL, LARGE, LARGE)); // more than 2^63 bytes of F32
    assertRefused(() -> Naive.wrap(format, MemorySegment.NULL, 1 << 16, 1 << 16)); // 2^32 numbers
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void aSliceLiesInside(Format format) {
    Matrix w = Naive.matrix(format, 40, 9, 2);
    assertEquals(24, w.slice(16, 24).rows());
    int[][] outside = {{16, 25}, {48, 0}, {-16, 16}, {0, -1}, {0, LARGE}, {LARGE - 15, 16}};
    for (int[] range : outside) assertThrows(RuntimeException.class, () -> w.slice(range[0], range[1]));
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void noKernelReadsBehindTheRowsThereAre(Format format) {
    Matrix w = Naive.matrix(format, 20, 70, 3);
    for (Kernels kernels : new Kernels[] {Kernels.fastest(), Kernels.scalar()}) {
      float[] into = new float[70];
      kernels.decode(w, 19, into, 0);
      assertThrows(IndexOutOfBoundsException.class, () -> kernels.decode(w, 40, into, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> kernels.decode(w, -20, into, 0));
      MatrixVector product = new MatrixVector();
      product.w = w;
      product.y = new float[100];
      kernels.arrange(w, new float[70], 0, product.x);
      kernels.multiply(product, 0, 20);
      assertThrows(IndexOutOfBoundsException.class, () -> kernels.multiply(product, 16, 60));
      product.y = new float[19];
      assertThrows(IndexOutOfBoundsException.class, () -> kernels.multiply(product, 0, 20));
    }
  }

  @Test
  void activationsAreNeverLongerThanAnArray() {
    assertRefused(() -> new Rows(-1));
    assertRefused(() -> new Rows(3).resize(-1));
    OutOfMemoryError error = assertThrows(OutOfMemoryError.class, () -> new Rows(1 << 20).resize(1 << 11));
    assertTrue(error.getMessage().contains("2048 x 1048576"), error.getMessage());
    assertThrows(OutOfMemoryError.class, () -> Rows.size(1L << 40, 1L << 40));
    assertEquals(0, Rows.size(LARGE, 0));
    assertEquals(LARGE - 8, Rows.size(1, LARGE - 8));
  }

  @Test
  void tablesAndNormsAreComplete() {
    assertRefused(() -> new RotaryTable(2, 3, new float[6], new float[5]));
    assertRefused(() -> new RotaryTable(2, 3, new float[5], new float[6]));
    assertRefused(() -> new RotaryTable(-2, -3, new float[6], new float[6]));
    assertRefused(() -> new Norm(Norm.Kind.LAYER, new float[3], new float[2], 0));
  }

  @Test
  void whatIsQuantisedHasOneShape() {
    Matrix from = Naive.matrix(Format.F32, 17, 65, 4);
    for (int[] shape : new int[][] {{18, 65}, {17, 64}}) {
      Matrix.Quantized to = (Matrix.Quantized) Naive.matrix(Format.Q8, shape[0], shape[1], 5);
      assertRefused(() -> new Packing(Kernels.scalar(), from, to));
    }
  }

  @Test
  void idsAndPositionsLieInside() {
    try (Workers workers = new Workers(1)) {
      Engine engine = new Engine(Kernels.fastest(), workers);
      Matrix embedding = Naive.matrix(Format.F32, 5, 4, 6);
      Rows x = new Rows(4);
      int[] ids = {0, 4, 5, -1, LARGE};
      engine.gather(embedding, ids, 0, 2, x);
      for (int from = 0; from < ids.length; from++) {
        int at = from;
        assertRefused(() -> engine.gather(embedding, ids, at, 3, x));
      }
      assertRefused(() -> engine.gather(embedding, ids, -1, 1, x));
      assertRefused(() -> engine.gather(embedding, ids, 0, -1, x));
      assertRefused(() -> engine.gather(embedding, ids, 1, LARGE, x));
    }
  }

  @Test
  void attentionLooksAtNoMoreThanTheCacheHas() {
    try (Workers workers = new Workers(1)) {
      Engine engine = new Engine(Kernels.fastest(), workers);
      KeyValues cache = new KeyValues(KeyValues.Format.F32, 2, 3);
      cache.append(Naive.rows(4, 6, 7), Naive.rows(4, 6, 8));
      Rows mixed = new Rows(12);
      AttentionShape shape = new AttentionShape(4, 2, 3, 1, 0, LARGE);
      engine.attend(shape, Naive.rows(4, 12, 9), cache, mixed, Findings.NONE);
      assertRefused(() -> engine.attend(shape, Naive.rows(5, 12, 9), cache, mixed, Findings.NONE));
      AttentionShape uneven = new AttentionShape(5, 2, 3, 1, 0, LARGE);
      assertRefused(() -> engine.attend(uneven, Naive.rows(4, 15, 9), cache, new Rows(15), Findings.NONE));
      AttentionShape none = new AttentionShape(4, 2, 3, 1, 0, 0);
      assertRefused(() -> engine.attend(none, Naive.rows(4, 12, 9), cache, mixed, Findings.NONE));
      Findings narrow = new Findings(0, new Rows(3), null);
      assertRefused(() -> engine.attend(shape, Naive.rows(4, 12, 9), cache, mixed, narrow));
      assertRefused(() -> cache.append(Naive.rows(1, 5, 7), Naive.rows(1, 6, 8)));
      assertRefused(() -> cache.append(Naive.rows(1, 6, 7), Naive.rows(2, 6, 8)));
      assertRefused(() -> cache.truncate(5));
      assertRefused(() -> cache.truncate(-1));
      assertRefused(() -> new KeyValues(KeyValues.Format.BF16, 0, 3));
    }
  }

  @Test
  void theMemoryOfKeysAndValuesIsNoSmallNumberByOverflow() {
    long most = KeyValues.bytes(KeyValues.Format.F32, 1 << 21, 1, LARGE);
    assertTrue(most > 1L << 57, () -> "bytes " + most);
    assertEquals(Long.MAX_VALUE, KeyValues.bytes(KeyValues.Format.F32, LARGE, 1, LARGE));
  }
}
