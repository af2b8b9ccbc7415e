package dev.sextant.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PairsTest {
  @Test
  void evenColumnsOfABlockComeBeforeOddOnes() {
    for (int n : new int[] {0, 1, 31, 32, 33, 64, 95}) {
      float[] x = new float[n + 2];
      for (int i = 0; i < n; i++) x[2 + i] = i;
      float[] split = new float[n];
      Pairs.split(x, 2, n, split);
      int whole = n / 32 * 32;
      for (int i = 0; i < whole; i++) {
        int expected = i / 32 * 32 + (i % 32 < 16 ? i % 16 * 2 : i % 16 * 2 + 1);
        assertEquals(expected, split[i], "place " + i + " of " + n);
        assertEquals(i, split[Pairs.at(i)], "column " + i + " of " + n);
      }
      for (int i = whole; i < n; i++) assertEquals(i, split[i], "after the last block");
    }
  }
}
