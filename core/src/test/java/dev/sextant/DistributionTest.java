package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {
  private static final float MASK = Float.NEGATIVE_INFINITY;
  /** Probabilities 1/2, 1/8, 1/4, 1/8. */
  private static final Distribution EIGHTHS = Distribution.of(logsOf(4, 1, 2, 1), id -> "<" + id + ">");

  @Test
  void probabilitiesAreTheSoftmax() {
    assertArrayEquals(new double[] {0.5, 0.125, 0.25, 0.125}, EIGHTHS.probabilities(), 1e-7);
    assertEquals(0.25, EIGHTHS.probability(2), 1e-7);
    assertEquals(Math.log(0.25), EIGHTHS.logProbability(2), 1e-7);
    assertEquals(Math.log(8), EIGHTHS.surprisal(1), 1e-7);
    assertEquals(4, EIGHTHS.vocabularySize());
  }

  @Test
  void entropyIsInNats() {
    assertEquals(1.75 * Math.log(2), EIGHTHS.entropy(), 1e-7);
    assertEquals(Math.log(5), Distribution.of(new float[5]).entropy(), 1e-12);
    assertEquals(0, Distribution.of(new float[] {MASK, 3, MASK}).entropy());
    assertEquals(0, Distribution.of(new float[] {1e30f, 3}).entropy());
  }

  @Test
  void topIsInOrderAndTiesRankByTheLowestId() {
    assertEquals(List.of(0, 2, 1, 3), ids(EIGHTHS.top(4)));
    assertEquals(List.of(0, 2, 1), ids(EIGHTHS.top(3)));
    assertEquals(4, EIGHTHS.top(Integer.MAX_VALUE).size());
    assertEquals(List.of(), EIGHTHS.top(0));
    assertEquals(List.of(0, 1, 2), ids(Distribution.of(new float[] {-0.0f, 0.0f, -0.0f}).top(3)));
    TokenProbability second = EIGHTHS.top(2).getLast();
    assertEquals("<2>", second.text());
    assertEquals(0.25, second.probability(), 1e-7);
    assertEquals(EIGHTHS.logit(2), second.logit());
    assertEquals("", Distribution.of(new float[1]).top(1).getFirst().text());
  }

  @Test
  void topAndRankAgreeWithASort() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      float[] logits = new float[1 + random.nextInt(200)];
      for (int id = 0; id < logits.length; id++) logits[id] = random.nextInt(40) * (random.nextBoolean() ? 1f : -1f); // many ties, some -0
      List<Integer> sorted = IntStream.range(0, logits.length).boxed()
          .sorted(Comparator.comparingDouble((Integer id) -> 0.0 - logits[id]).thenComparing(id -> id)).toList();
      Distribution distribution = Distribution.of(logits);
      int k = random.nextInt(logits.length + 1);
      assertEquals(sorted.subList(0, k), ids(distribution.top(k)));
      assertEquals(sorted.getFirst(), distribution.argmax());
      for (int id = 0; id < logits.length; id++) assertEquals(sorted.indexOf(id), distribution.rank(id));
    }
  }

  @Test
  void maskedTokensHaveProbabilityZero() {
    Distribution distribution = Distribution.of(new float[] {MASK, 1, MASK, 0});
    assertEquals(0, distribution.probability(0));
    assertEquals(Double.NEGATIVE_INFINITY, distribution.logProbability(0));
    assertEquals(Double.POSITIVE_INFINITY, distribution.surprisal(2));
    assertEquals(1 / (1 + Math.exp(-1)), distribution.probability(1), 1e-15);
    assertEquals(List.of(1, 3, 0, 2), ids(distribution.top(4)));
    assertEquals(3, distribution.rank(2));
  }

  @Test
  void hugeLogitsStayExact() {
    double[] half = {0.5, 0.5, 0};
    assertArrayEquals(half, Distribution.of(new float[] {3e38f, 3e38f, -3e38f}).probabilities(), 1e-15);
    assertArrayEquals(half, Distribution.of(new float[] {-1e30f, -1e30f, -2e30f}).probabilities(), 1e-15);
    assertEquals(Math.log(0.5), Distribution.of(new float[] {3e38f, 3e38f}).logProbability(0), 1e-15);
    assertEquals(0, Distribution.of(new float[] {7}).surprisal(0));
  }

  @Test
  void differencesAreTakenInDoublePrecision() {
    float[] logits = {10.1f, -3.37f};
    double difference = (double) logits[1] - logits[0];
    double expected = difference - Math.log1p(Math.exp(difference));
    assertEquals(expected, Distribution.of(logits).logProbability(1), 1e-14);
    Distribution widest = Distribution.of(new float[] {3e38f, -3e38f}); // the difference is no float any more
    assertArrayEquals(new double[] {0.5, 0.5}, widest.withTemperature(Double.MAX_VALUE).probabilities(), 1e-15);
  }

  @Test
  void temperatureReplacesTheOneBeforeAndLeavesTheLogits() {
    Distribution flat = EIGHTHS.withTemperature(2);
    double total = 2 + Math.sqrt(2) + 2;
    assertArrayEquals(new double[] {2 / total, 1 / total, Math.sqrt(2) / total, 1 / total}, flat.probabilities(), 1e-7);
    assertArrayEquals(EIGHTHS.probabilities(), flat.withTemperature(1).probabilities());
    assertEquals(EIGHTHS.logit(0), flat.logit(0));
    assertEquals(2, flat.temperature());
    assertTrue(flat.entropy() > EIGHTHS.entropy());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-4, 1e-300, Double.MIN_VALUE})
  void tinyTemperaturesDoNotOverflow(double temperature) {
    Distribution cold = Distribution.of(new float[] {1, 3e38f, 2, -3e38f, MASK}).withTemperature(temperature);
    assertArrayEquals(new double[] {0, 1, 0, 0, 0}, cold.probabilities());
    assertEquals(0, cold.entropy());
    assertEquals(1, cold.sample(new Random(1)));
  }

  @Test
  void samplingFollowsTheProbabilities() {
    int[] drawn = new int[5];
    Distribution distribution = Distribution.of(logsOf(4, 0, 1, 2, 1));
    RandomGenerator random = new Random(11);
    for (int i = 0; i < 16_000; i++) drawn[distribution.sample(random)]++;
    assertEquals(0, drawn[1], "a masked token was drawn");
    double chiSquare = square(drawn[0] - 8000) / 8000 + square(drawn[2] - 2000) / 2000
        + square(drawn[3] - 4000) / 4000 + square(drawn[4] - 2000) / 2000;
    assertTrue(chiSquare < 16.27, "chi-square with 3 degrees of freedom is " + chiSquare); // 0.1 % lie above
  }

  @Test
  void samplingEndsOnATokenThatCanBeDrawn() {
    RandomGenerator last = () -> -1L; // nextDouble: the largest below 1
    RandomGenerator first = () -> 0L;
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      float[] logits = new float[300];
      for (int id = 0; id < logits.length; id++) logits[id] = id < 10 || id > 250 ? MASK : random.nextFloat() * 9;
      Distribution distribution = Distribution.of(logits);
      assertEquals(250, distribution.sample(last));
      assertEquals(10, distribution.sample(first));
    }
  }

  @Test
  void arraysAreCopies() {
    float[] logits = {1, 2};
    Distribution distribution = Distribution.of(logits);
    logits[0] = 9;
    distribution.logits()[0] = 9;
    distribution.probabilities()[0] = 9;
    assertEquals(1, distribution.logit(0));
    assertNotEquals(9, distribution.probability(0));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void nonFiniteLogitsAreReported(float bad) {
    NonFiniteLogitsException e = assertThrows(NonFiniteLogitsException.class,
        () -> Distribution.of(new float[] {1, 2, bad, bad}));
    assertEquals(2, e.id());
    assertEquals(bad, e.value());
    assertTrue(e.position().isEmpty());
    assertTrue(e.getMessage().contains("id 2") && e.getMessage().contains("" + bad), e.getMessage());
    NonFiniteLogitsException placed = e.atPosition(17);
    assertEquals(17, placed.position().orElseThrow());
    assertTrue(placed.getMessage().contains("position 17: the logit of id 2 is " + bad), placed.getMessage());
  }

  @Test
  void nothingToChooseIsAnError() {
    Exception e = assertThrows(NonFiniteLogitsException.class, () -> Distribution.of(new float[] {MASK, MASK}));
    assertTrue(e.getMessage().contains("all 2 logits are -Infinity"), e.getMessage());
    assertThrows(InvalidArgumentException.class, () -> Distribution.of(new float[0]));
  }

  @Test
  void theMassOfTheTopIsAddedUp() {
    double[] masses = {0, 0.5, 0.75, 0.875, 1, 1};
    for (int k = 0; k < masses.length; k++) assertEquals(masses[k], EIGHTHS.topMass(k), 1e-7, "top " + k);
    assertEquals(0.25, Distribution.of(new float[4]).topMass(1), 1e-15);
    assertEquals(1, Distribution.of(new float[1]).topMass(1));
    assertTrue(Distribution.of(new float[1000]).topMass(1000) <= 1);
    assertSays("k is -1", () -> EIGHTHS.topMass(-1));
  }

  @Test
  void divergencesByHand() {
    Distribution p = Distribution.of(logsOf(1, 1));
    Distribution q = Distribution.of(logsOf(1, 3));
    assertEquals(0.5 * Math.log(2) + 0.5 * Math.log(2.0 / 3), p.klDivergence(q), 1e-7);
    assertEquals(0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), q.klDivergence(p), 1e-7);
    double js = 0.5 * (0.5 * Math.log(0.5 / 0.375) + 0.5 * Math.log(0.5 / 0.625)
        + 0.25 * Math.log(0.25 / 0.375) + 0.75 * Math.log(0.75 / 0.625));
    assertEquals(js, p.jsDivergence(q), 1e-7);
    assertEquals(0, p.klDivergence(p));
    assertEquals(0, Distribution.of(new float[] {5, 5}).klDivergence(p));
    assertEquals(0, Distribution.of(new float[1]).jsDivergence(Distribution.of(new float[] {9})));
  }

  @Test
  void masksMakeDivergencesInfiniteOrNothing() {
    Distribution all = Distribution.of(logsOf(1, 1, 2));
    Distribution some = Distribution.of(new float[] {0, 0, MASK});
    assertEquals(Math.log(2), some.klDivergence(all), 1e-7);
    assertEquals(Double.POSITIVE_INFINITY, all.klDivergence(some));
    double js = (0.5 * Math.log(0.25 / 0.375) + 0.5 * Math.log(2) + Math.log(0.5 / 0.375)) / 2;
    assertEquals(js, all.jsDivergence(some), 1e-7);
    assertEquals(all.jsDivergence(some), some.jsDivergence(all), 1e-15);
    Distribution left = Distribution.of(new float[] {0, MASK});
    Distribution right = Distribution.of(new float[] {MASK, 0});
    assertEquals(Math.log(2), left.jsDivergence(right), 1e-15);
    assertEquals(Double.POSITIVE_INFINITY, left.klDivergence(right));
    assertEquals(0, left.klDivergence(left));
    // A probability that rounds to 0 is still possible, and the other says it is not.
    Distribution faint = Distribution.of(new float[] {0, -2000});
    assertEquals(Double.POSITIVE_INFINITY, faint.klDivergence(left));
    assertEquals(0, left.klDivergence(faint));
  }

  @Test
  void divergencesSurviveExtremeLogits() {
    Distribution low = Distribution.of(new float[] {0, -744, -3e38f});
    Distribution high = Distribution.of(new float[] {-744, 0, 3e38f});
    assertTrue(low.klDivergence(high) > 1e38);
    assertEquals(Math.log(2), low.jsDivergence(high), 1e-15);
    Distribution a = Distribution.of(new float[] {0, -740});
    Distribution b = Distribution.of(new float[] {-740, 0});
    assertEquals(740, a.klDivergence(b), 1e-10);
    assertEquals(Math.log(2), a.jsDivergence(b), 1e-15);
  }

  /** Gibbs' inequality, symmetry, the bounds, and agreement with the textbook formula on probabilities. */
  @Test
  void divergencesKeepTheirLaws() {
    Random random = new Random(17);
    for (int round = 0; round < 200; round++) {
      int n = 1 + random.nextInt(50);
      float[][] logits = new float[2][n];
      for (float[] row : logits) for (int i = 0; i < n; i++) row[i] = (float) (random.nextGaussian() * 8);
      Distribution p = Distribution.of(logits[0]);
      Distribution q = Distribution.of(logits[1]);
      double kl = 0;
      double js = 0;
      for (int i = 0; i < n; i++) {
        double pi = p.probability(i);
        double qi = q.probability(i);
        kl += pi * Math.log(pi / qi);
        js += (pi * Math.log(2 * pi / (pi + qi)) + qi * Math.log(2 * qi / (pi + qi))) / 2;
      }
      assertEquals(kl, p.klDivergence(q), 1e-12 * (1 + kl));
      assertEquals(js, p.jsDivergence(q), 1e-12);
      assertTrue(p.klDivergence(q) >= 0 && p.jsDivergence(q) >= 0 && p.jsDivergence(q) <= Math.log(2));
      assertEquals(p.jsDivergence(q), q.jsDivergence(p), 1e-15);
    }
  }

  @Test
  void divergencesNeedTheSameVocabulary() {
    assertSays("over 5 tokens, this one over 4", () -> EIGHTHS.klDivergence(Distribution.of(new float[5])));
    assertSays("same vocabulary", () -> EIGHTHS.jsDivergence(Distribution.of(new float[1])));
  }

  @Test
  void rangesAreChecked() {
    for (int id : new int[] {-1, 4, Integer.MIN_VALUE}) {
      assertSays("id is " + id, () -> EIGHTHS.probability(id));
      assertSays("0..3", () -> EIGHTHS.logit(id));
      assertSays("id is " + id, () -> EIGHTHS.rank(id));
      assertSays("id is " + id, () -> EIGHTHS.surprisal(id));
    }
    assertSays("k is -1", () -> EIGHTHS.top(-1));
    for (double temperature : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
      assertSays("temperature is " + temperature, () -> EIGHTHS.withTemperature(temperature));
  }

  private static void assertSays(String part, Runnable action) {
    String message = assertThrows(InvalidArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static float[] logsOf(double... weights) {
    float[] logits = new float[weights.length];
    for (int i = 0; i < logits.length; i++) logits[i] = (float) Math.log(weights[i]);
    return logits;
  }

  private static List<Integer> ids(List<TokenProbability> top) {
    return top.stream().map(TokenProbability::id).toList();
  }

  private static double square(double x) {
    return x * x;
  }
}
