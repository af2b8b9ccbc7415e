package dev.sextant.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class LooksTest {
  @Test
  void theStrongestComeFirstAndOfEqualsTheFirst() {
    float[] probabilities = {0.1f, 0.25f, 0.4f, 0.25f};
    assertArrayEquals(new int[] {2, 4000, 1, 2500, 3, 2500, 0, 1000}, Looks.strongest(probabilities, 10));
    assertArrayEquals(new int[] {2, 4000, 1, 2500}, Looks.strongest(probabilities, 2));
  }

  @Test
  void theFaintestAreLeftOut() {
    assertArrayEquals(new int[] {0, 9991, 2, 5}, Looks.strongest(new float[] {0.9991f, 0.0004f, 0.0005f, 0}, 10));
    assertArrayEquals(new int[0], Looks.strongest(new float[] {0, 0}, 10));
  }
}
