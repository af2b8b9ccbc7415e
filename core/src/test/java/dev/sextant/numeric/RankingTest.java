package dev.sextant.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void agreesWithASort() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      double[] values = new double[random.nextInt(60)];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(10) * (random.nextBoolean() ? 1.0 : -1.0);
      }
      int[] sorted = IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> 0.0 - values[i]).thenComparing(i -> i))
          .mapToInt(Integer::intValue).toArray();
      int k = random.nextInt(values.length + 5);
      int[] expected = IntStream.of(sorted).limit(k).toArray();
      assertArrayEquals(expected, Ranking.largest(values.length, i -> values[i], k));
    }
  }

  @Test
  void infinitiesAreValues() {
    double[] values = {Double.NEGATIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY, -1};
    assertArrayEquals(new int[] {2, 3, 0}, Ranking.largest(4, i -> values[i], 4));
  }
}
