package dev.sextant.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.Distribution;
import dev.sextant.TokenProbability;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {
  /** With the listed logits and the tail, every listed probability can be computed at every temperature of the list. */
  @Test
  void isWhatTheListedTokensLackOfOne() {
    float[] logits = new float[500];
    Random random = new Random(5);
    for (int i = 0; i < logits.length; i++) logits[i] = (float) (6 * random.nextGaussian());
    logits[17] = Float.NEGATIVE_INFINITY;
    Distribution distribution = Distribution.of(logits);
    List<TokenProbability> listed = distribution.top(20);
    double[] temperatures = Tail.temperatures(0.77);
    double[] tail = Tail.of(distribution, listed, temperatures);
    for (int t = 0; t < temperatures.length; t++) {
      double temperature = temperatures[t];
      double total = Math.exp(tail[t]);
      for (TokenProbability token : listed) total += Math.exp(token.logit() / temperature);
      for (TokenProbability token : listed) {
        double expected = distribution.withTemperature(temperature).probability(token.id());
        assertEquals(expected, Math.exp(token.logit() / temperature) / total, 1e-12);
      }
    }
  }

  @Test
  void thereIsNoneWhereAllAreListedOrMasked() {
    Distribution distribution = Distribution.of(new float[] {1, 2, Float.NEGATIVE_INFINITY});
    assertEquals(0, Tail.of(distribution, distribution.top(3), new double[] {1}).length);
    assertEquals(0, Tail.of(distribution, distribution.top(2), new double[] {1}).length);
    assertEquals(1, Tail.of(distribution, distribution.top(1), new double[] {1}).length);
  }

  @Test
  void theTemperaturesOfTheRunBelongToTheList() {
    assertEquals(40, Tail.temperatures(0).length);
    assertEquals(40, Tail.temperatures(0.8).length);
    assertEquals(41, Tail.temperatures(0.77).length);
    assertArrayEquals(new double[] {0.05, 0.1, 0.15}, java.util.Arrays.copyOf(Tail.temperatures(1), 3), 1e-12);
  }
}
