package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sextant.InvalidArgumentException;
import dev.sextant.NonFiniteLogitsException;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Distributions computed by hand, as ratios: {4, 3} means 4/7 and 3/7. */
class FiltersTest {
  private static final Decoding PLAIN = Decoding.UNFILTERED;
  private static final double TOLERANCE = 1e-7;
  /** Surprisals 0.92, 1.20, 1.61, 2.30; entropy 1.28; distances from it 0.36, 0.08, 0.33, 1.02. */
  private static final float[] TENTHS = logsOf(4, 3, 2, 1);

  static Stream<Arguments> onTenths() {
    return Stream.of(
        arguments(PLAIN, ratios(4, 3, 2, 1)),
        arguments(PLAIN.withTemperature(2), ratios(Math.sqrt(4), Math.sqrt(3), Math.sqrt(2), 1)),
        arguments(PLAIN.withTemperature(0.5), ratios(16, 9, 4, 1)),
        arguments(PLAIN.withTopK(2), ratios(4, 3, 0, 0)),
        arguments(PLAIN.withTopK(1), ratios(1, 0, 0, 0)),
        arguments(PLAIN.withTopK(4), ratios(4, 3, 2, 1)),
        arguments(PLAIN.withTopP(0), ratios(1, 0, 0, 0)),
        arguments(PLAIN.withTopP(0.39), ratios(1, 0, 0, 0)),
        arguments(PLAIN.withTopP(0.41), ratios(4, 3, 0, 0)),
        arguments(PLAIN.withTopP(0.72), ratios(4, 3, 2, 0)),
        arguments(PLAIN.withTopP(0.91), ratios(4, 3, 2, 1)),
        arguments(PLAIN.withMinP(0.49), ratios(4, 3, 2, 0)),
        arguments(PLAIN.withMinP(0.51), ratios(4, 3, 0, 0)),
        arguments(PLAIN.withMinP(1), ratios(1, 0, 0, 0)),
        arguments(PLAIN.withTypicalP(0), ratios(0, 1, 0, 0)),
        arguments(PLAIN.withTypicalP(0.29), ratios(0, 1, 0, 0)),
        arguments(PLAIN.withTypicalP(0.31), ratios(0, 3, 2, 0)),
        arguments(PLAIN.withTypicalP(0.51), ratios(4, 3, 2, 0)),
        arguments(PLAIN.withTypicalP(0.91), ratios(4, 3, 2, 1)),
        arguments(Decoding.GREEDY, ratios(1, 0, 0, 0)),
        // each on what those before it left, renormalized: 0.72 of 4:3:2 is reached by two, of 4:3:2:1 by three
        arguments(PLAIN.withTopK(3).withTopP(0.72), ratios(4, 3, 0, 0)),
        // at temperature 1/2 the first has 16/30: enough for 0.5
        arguments(PLAIN.withTemperature(0.5).withTopP(0.5), ratios(1, 0, 0, 0)),
        // 9/16 after the temperature, 3/4 before it
        arguments(PLAIN.withTemperature(0.5).withMinP(0.6), ratios(1, 0, 0, 0)),
        // of 4:3 the first is nearer to the entropy; of all four it was the second
        arguments(PLAIN.withMinP(0.51).withTypicalP(0.1), ratios(1, 0, 0, 0)));
  }

  @ParameterizedTest
  @MethodSource("onTenths")
  void leavesWhatWasComputedByHand(Decoding decoding, double[] expected) {
    assertDistribution(expected, decoding.distribution(TENTHS, new int[0]));
  }

  @Test
  void repetitionPenaltyDividesPositiveAndMultipliesNegativeLogits() {
    float[] logits = {2, -1, 1, 0, -1};
    double[] expected = ratios(Math.exp(1), Math.exp(-2), Math.exp(1), 1, Math.exp(-1));
    int[] seen = {0, 1, 3, 0, 0}; // seen three times counts once
    assertDistribution(expected, PLAIN.withRepetitionPenalty(2).distribution(logits, seen));
    assertDistribution(ratios(0, 0, 1, 0, 0), Decoding.GREEDY.withRepetitionPenalty(2.1).distribution(logits, seen));
  }

  @Test
  void repetitionPenaltyComesBeforeTheTemperature() {
    float[] logits = {2, 1};
    double[] expected = ratios(Math.exp(2), Math.exp(2)); // (2/2)/0.5 and 1/0.5; the other way round nothing changes
    assertDistribution(expected,
        PLAIN.withRepetitionPenalty(2).withTemperature(0.5).distribution(logits, new int[] {0}));
  }

  @Test
  void tiesAtABorderLeaveTheLowerIds() {
    float[] equal = {1, 1, 1, 1};
    assertDistribution(ratios(1, 1, 0, 0), PLAIN.withTopK(2).distribution(equal, new int[0]));
    assertDistribution(ratios(1, 1, 0, 0), PLAIN.withTopP(0.5).distribution(equal, new int[0]));
    assertDistribution(ratios(1, 1, 0, 0), PLAIN.withTypicalP(0.5).distribution(equal, new int[0]));
    assertDistribution(ratios(1, 0, 0, 0), PLAIN.withTopP(0).distribution(equal, new int[0]));
    assertDistribution(ratios(1, 1, 1, 1), PLAIN.withMinP(1).distribution(equal, new int[0]));
    assertDistribution(ratios(0, 1, 0, 0), Decoding.GREEDY.distribution(new float[] {1, 2, 2, 2}, new int[0]));
    assertDistribution(ratios(1, 0), Decoding.GREEDY.distribution(new float[] {-0.0f, 0.0f}, new int[0]));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-300, Double.MIN_VALUE})
  void tinyTemperaturesAreGreedy(double temperature) {
    float[] logits = {1, 3e38f, 2, -3e38f, Float.NEGATIVE_INFINITY};
    Decoding cold = PLAIN.withTemperature(temperature);
    for (Decoding decoding : new Decoding[] {cold, cold.withTopK(3), cold.withTopP(0.9), cold.withTypicalP(0.9),
      cold.withMinP(0.1), cold.withRepetitionPenalty(2)})
      assertArrayEquals(new double[] {0, 1, 0, 0, 0}, decoding.distribution(logits, new int[] {0, 4}));
  }

  @Test
  void absurdSettingsGiveNumbersAllTheSame() {
    float[] logits = {3e38f, 1, -3e38f, -1};
    int[] all = {0, 1, 2, 3};
    assertArrayEquals(new double[] {1, 0, 0, 0},
        PLAIN.withRepetitionPenalty(Double.MIN_VALUE).distribution(new float[] {1, -1, -2, -3}, all));
    double[] penalized = PLAIN.withRepetitionPenalty(Double.MAX_VALUE).distribution(logits, all);
    assertDistribution(ratios(1, 1, 0, 0), penalized); // both positive logits are all but 0
    double[] hot = PLAIN.withTemperature(Double.MAX_VALUE).distribution(logits, all);
    assertDistribution(ratios(1, 1, 1, 1), hot);
  }

  @Test
  void maskedTokensStayMaskedWhateverTheSettings() {
    float[] logits = {1, Float.NEGATIVE_INFINITY, 1};
    Decoding absurd = PLAIN.withTemperature(Double.MAX_VALUE).withRepetitionPenalty(Double.MAX_VALUE);
    assertDistribution(ratios(1, 0, 1), absurd.distribution(logits, new int[] {0, 1, 2}));
  }

  @Test
  void badInputIsReported() {
    assertThrows(NonFiniteLogitsException.class, () -> PLAIN.distribution(new float[] {1, Float.NaN}, new int[0]));
    assertThrows(InvalidArgumentException.class, () -> PLAIN.distribution(new float[0], new int[0]));
    for (int bad : new int[] {-1, 4}) {
      Exception e = assertThrows(InvalidArgumentException.class, () -> PLAIN.distribution(TENTHS, new int[] {bad}));
      assertEquals("id is " + bad + "; it must lie in 0..3", e.getMessage());
    }
  }

  private static void assertDistribution(double[] expected, double[] actual) {
    assertArrayEquals(expected, actual, TOLERANCE);
    for (int id = 0; id < expected.length; id++) if (expected[id] == 0) assertEquals(0, actual[id]); // not just tiny
  }

  private static double[] ratios(double... parts) {
    double total = DoubleStream.of(parts).sum();
    return DoubleStream.of(parts).map(part -> part / total).toArray();
  }

  private static float[] logsOf(double... weights) {
    float[] logits = new float[weights.length];
    for (int i = 0; i < logits.length; i++) logits[i] = (float) Math.log(weights[i]);
    return logits;
  }
}
