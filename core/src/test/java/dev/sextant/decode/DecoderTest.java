package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.NonFiniteLogitsException;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private static final float MASK = Float.NEGATIVE_INFINITY;
  private static final float[] LOGITS = {2, 1, 0.5f, 0.25f, -1, -3};
  private static final Decoding FILTERED = new Decoding(1.5, 5, 0.9, 0.1, 1, 1);
  private static final RandomGenerator LARGEST = () -> -1L; // nextDouble gives 1 - 2^-53
  private static final RandomGenerator SMALLEST = () -> 0L;
  private static final RandomGenerator FORBIDDEN = () -> {
    throw new AssertionError("a number was drawn");
  };

  @Test
  void theSameSeedGivesTheSameTokens() {
    int[] first = run(Decoder.seeded(Decoding.UNFILTERED, 42), 200);
    assertArrayEquals(first, run(Decoder.seeded(Decoding.UNFILTERED, 42), 200));
    assertNotEquals(Arrays.toString(first), Arrays.toString(run(Decoder.seeded(Decoding.UNFILTERED, 43), 200)));
  }

  /** If this fails on a new JDK, its generator changed, and seeds do not mean what they meant. */
  @Test
  void theNumbersDrawnFromASeedArePinned() {
    Decoder decoder = Decoder.seeded(Decoding.UNFILTERED, 42);
    double[] drawn = IntStream.range(0, 3).mapToDouble(i -> choose(decoder, LOGITS).drawn()).toArray();
    assertArrayEquals(new double[] {0.6964138702129775, 0.6709997082364175, 0.7075243539515337}, drawn);
  }

  @Test
  void everyDrawCanBeRepeatedFromTheDistribution() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      float[] logits = randomLogits(random, 1 + random.nextInt(100));
      Decoding decoding = FILTERED.withTopP(random.nextDouble()).withRepetitionPenalty(1.3);
      History history = new History(logits.length);
      history.accept(0);
      Chosen chosen = new Decoder(decoding, random).choose(logits, history);
      double[] p = decoding.distribution(logits, new int[] {0});
      assertEquals(p[chosen.id()], chosen.probability(), 1e-15);
      assertEquals(Arrays.stream(p).filter(x -> x > 0).count(), chosen.candidates());
      double before = Arrays.stream(p, 0, chosen.id()).sum();
      assertTrue(before <= chosen.drawn() + 1e-12 && chosen.drawn() < before + p[chosen.id()] + 1e-12);
    }
  }

  @Test
  void aNumberAtTheBorderMeansTheTokenAfterIt() {
    Decoder decoder = new Decoder(Decoding.UNFILTERED, () -> Long.MIN_VALUE); // nextDouble gives 0.5
    Chosen chosen = choose(decoder, new float[] {1, 1});
    assertEquals(0.5, chosen.drawn());
    assertEquals(1, chosen.id());
  }

  @Test
  void onlyTokensThatCanBeDrawnAreCandidates() {
    assertEquals(3, choose(Decoder.seeded(Decoding.UNFILTERED, 1), new float[] {1, MASK, 0, -1}).candidates());
    Decoding cold = Decoding.UNFILTERED.withTemperature(1e-4);
    assertEquals(1, choose(Decoder.seeded(cold, 1), LOGITS).candidates());
  }

  @Test
  void theLogProbabilityIsTheModelsOwn() {
    History history = new History(LOGITS.length);
    history.accept(new int[] {0, 1, 2});
    Decoder decoder = Decoder.seeded(FILTERED.withRepetitionPenalty(1.5), 9);
    Distribution own = Distribution.of(LOGITS);
    for (int i = 0; i < 20; i++) {
      Chosen chosen = decoder.choose(LOGITS, history);
      assertEquals(own.logProbability(chosen.id()), chosen.logProbability());
      assertNotEquals(Math.exp(chosen.logProbability()), chosen.probability(), 1e-3);
    }
  }

  @Test
  void greedyTakesTheBestAndDrawsNothing() {
    Chosen chosen = choose(new Decoder(Decoding.GREEDY.withTopP(0.1), FORBIDDEN), new float[] {1, MASK, 3, 3});
    assertEquals(2, chosen.id());
    assertEquals(1, chosen.probability());
    assertEquals(1, chosen.candidates());
    assertTrue(Double.isNaN(chosen.drawn()));
    assertEquals(Math.log(1 / (2 + Math.exp(-2))), chosen.logProbability(), 1e-12);
  }

  @Test
  void greedyFollowsTheRepetitionPenalty() {
    Decoder decoder = new Decoder(Decoding.GREEDY.withRepetitionPenalty(3), FORBIDDEN);
    History history = new History(LOGITS.length);
    int[] chosen = new int[4];
    for (int i = 0; i < chosen.length; i++) history.accept(chosen[i] = decoder.choose(LOGITS, history).id());
    assertArrayEquals(new int[] {0, 1, 0, 0}, chosen); // 2/3 is below 1 but above 1/3 and 0.5
  }

  @Test
  void theWalkEndsOnATokenThatWasKept() {
    Random random = new Random(12);
    for (int round = 0; round < 1000; round++) {
      float[] logits = randomLogits(random, 2 + random.nextInt(300));
      Decoding decoding = Decoding.UNFILTERED.withTopP(random.nextDouble()).withTemperature(0.1 + random.nextDouble());
      double[] p = decoding.distribution(logits, new int[0]);
      int[] kept = IntStream.range(0, p.length).filter(id -> p[id] > 0).toArray();
      assertEquals(kept[0], choose(new Decoder(decoding, SMALLEST), logits).id());
      assertEquals(kept[kept.length - 1], choose(new Decoder(decoding, LARGEST), logits).id());
    }
  }

  @Test
  void sampledFrequenciesFollowTheFilteredDistribution() {
    Decoder decoder = Decoder.seeded(FILTERED, 2026);
    double[] expected = FILTERED.distribution(LOGITS, new int[0]);
    int draws = 20_000;
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < draws; i++) counts[choose(decoder, LOGITS).id()]++;
    assertTrue(chiSquare(counts, expected, draws) < 16.27); // 4 tokens, 3 degrees of freedom: 0.1 % lie above
    double[] unfiltered = Decoding.UNFILTERED.distribution(LOGITS, new int[0]);
    assertTrue(chiSquare(counts, unfiltered, draws) > 1000, "the check must be able to fail");
    assertEquals(0, counts[4] + counts[5], "a cut token was drawn");
  }

  @Test
  void sampledFrequenciesFollowALargeVocabulary() {
    float[] logits = randomLogits(new Random(3), 1000);
    Decoder decoder = Decoder.seeded(Decoding.UNFILTERED.withTemperature(3), 77);
    double[] expected = Decoding.UNFILTERED.withTemperature(3).distribution(logits, new int[0]);
    int[] counts = new int[logits.length];
    int draws = 50_000;
    for (int i = 0; i < draws; i++) counts[choose(decoder, logits).id()]++;
    long degrees = Arrays.stream(expected).filter(p -> p > 0).count() - 1;
    double deviations = (chiSquare(counts, expected, draws) - degrees) / Math.sqrt(2 * degrees);
    assertTrue(Math.abs(deviations) < 4, "chi-square is " + deviations + " standard deviations off");
  }

  @Test
  void oneDecoderServesChangingLogits() {
    Decoder decoder = Decoder.seeded(FILTERED.withTypicalP(0.9), 5);
    Random random = new Random(13);
    for (int size : new int[] {100, 100, 7, 300, 1}) {
      float[] logits = randomLogits(random, size);
      Chosen chosen = choose(decoder, logits);
      double[] p = FILTERED.withTypicalP(0.9).distribution(logits, new int[0]);
      assertEquals(p[chosen.id()], chosen.probability(), 1e-15, "nothing is left over from the token before");
    }
  }

  @Test
  void badLogitsAreReportedAndDoNoHarm() {
    Decoder decoder = Decoder.seeded(Decoding.UNFILTERED, 1);
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY})
      assertThrows(NonFiniteLogitsException.class, () -> choose(decoder, new float[] {1, bad}));
    assertThrows(NonFiniteLogitsException.class, () -> choose(decoder, new float[] {MASK, MASK}));
    assertEquals(choose(Decoder.seeded(Decoding.UNFILTERED, 1), LOGITS), choose(decoder, LOGITS));
  }

  @Test
  void historyMustBeOfTheSameVocabulary() {
    Decoder decoder = Decoder.seeded(Decoding.UNFILTERED, 1);
    assertThrows(InvalidArgumentException.class, () -> decoder.choose(LOGITS, new History(5)));
    assertThrows(InvalidArgumentException.class, () -> new History(0));
    assertThrows(InvalidArgumentException.class, () -> new History(5).accept(5));
    assertThrows(InvalidArgumentException.class, () -> new History(5).contains(-1));
  }

  private static Chosen choose(Decoder decoder, float[] logits) {
    return decoder.choose(logits, new History(logits.length));
  }

  private static int[] run(Decoder decoder, int tokens) {
    return IntStream.range(0, tokens).map(i -> choose(decoder, LOGITS).id()).toArray();
  }

  private static double chiSquare(int[] counts, double[] expected, int draws) {
    double sum = 0;
    for (int id = 0; id < counts.length; id++) {
      double mean = expected[id] * draws;
      if (mean > 0) sum += (counts[id] - mean) * (counts[id] - mean) / mean;
    }
    return sum;
  }

  private static float[] randomLogits(Random random, int vocabulary) {
    float[] logits = new float[vocabulary];
    for (int id = 0; id < vocabulary; id++)
      logits[id] = random.nextInt(5) == 0 ? MASK : (float) random.nextGaussian() * 3;
    logits[random.nextInt(vocabulary)] = 1;
    return logits;
  }
}
