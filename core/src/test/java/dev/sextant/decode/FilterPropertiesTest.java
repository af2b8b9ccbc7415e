package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any logits and any settings. */
class FilterPropertiesTest {
  private static final int[] NONE = {};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 17, 100, 1000})
  void agreesWithThePlainReference(int vocabulary) {
    Random random = new Random(vocabulary);
    for (int round = 0; round < 300; round++) {
      float[] logits = logits(random, vocabulary);
      Decoding decoding = decoding(random);
      int[] seen = random.ints(random.nextInt(8), 0, vocabulary).toArray();
      double[] expected = ReferenceFilters.distribution(decoding, logits, seen);
      assertArrayEquals(expected, decoding.distribution(logits, seen), 1e-12,
          () -> decoding + " of " + Arrays.toString(logits));
    }
  }

  @Test
  void agreesWithThePlainReferenceOnAWholeVocabulary() {
    Random random = new Random(50_000);
    float[] logits = logits(random, 50_000);
    for (Decoding decoding : new Decoding[] {new Decoding(0.8, 50, 0.95, 0.01, 1, 1.1),
      new Decoding(1, 0, 0.9, 0, 1, 1),
      new Decoding(3, 0, 0.999, 0, 0.5, 1), new Decoding(1, 40_000, 1, 0, 0.2, 1)})
      assertArrayEquals(ReferenceFilters.distribution(decoding, logits, NONE), decoding.distribution(logits, NONE),
          1e-12);
  }

  @Test
  void probabilitiesAddUpToOneAndSomeTokenAlwaysStays() {
    Random random = new Random(2);
    for (int round = 0; round < 2000; round++) {
      float[] logits = withTies(random, logits(random, 1 + random.nextInt(60)));
      double[] p = decoding(random).distribution(logits, new int[] {random.nextInt(logits.length)});
      assertEquals(1, Arrays.stream(p).sum(), 1e-12);
      assertTrue(kept(p) >= 1);
      for (int id = 0; id < p.length; id++)
        assertTrue(p[id] >= 0 && (p[id] == 0 || logits[id] > Float.NEGATIVE_INFINITY));
    }
  }

  @Test
  void eachFilterOnlyTakesAway() {
    Random random = new Random(4);
    for (int round = 0; round < 500; round++) {
      float[] logits = withTies(random, logits(random, 1 + random.nextInt(60)));
      Decoding all = decoding(random);
      Decoding step = Decoding.UNFILTERED.withTemperature(all.temperature());
      Decoding[] chain = {step, step = step.withTopK(all.topK()), step = step.withTopP(all.topP()),
        step = step.withMinP(all.minP()), step = step.withTypicalP(all.typicalP())};
      for (int i = 1; i < chain.length; i++)
        assertSubset(chain[i].distribution(logits, NONE), chain[i - 1].distribution(logits, NONE));
    }
  }

  @Test
  void strongerSettingsKeepLess() {
    Random random = new Random(6);
    Decoding base = Decoding.UNFILTERED;
    for (int round = 0; round < 300; round++) {
      float[] logits = withTies(random, logits(random, 1 + random.nextInt(60)));
      double a = random.nextDouble();
      double b = random.nextDouble();
      double low = Math.min(a, b);
      double high = Math.max(a, b);
      assertSubset(base.withTopP(low).distribution(logits, NONE), base.withTopP(high).distribution(logits, NONE));
      assertSubset(base.withMinP(high).distribution(logits, NONE), base.withMinP(low).distribution(logits, NONE));
      assertSubset(base.withTypicalP(low).distribution(logits, NONE),
          base.withTypicalP(high).distribution(logits, NONE));
      int k = 1 + random.nextInt(60);
      assertSubset(base.withTopK(k).distribution(logits, NONE), base.withTopK(k + 1).distribution(logits, NONE));
    }
  }

  @Test
  void topKNeverKeepsMore() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      float[] logits = withTies(random, logits(random, 1 + random.nextInt(60)));
      int k = 1 + random.nextInt(60);
      long possible = kept(Decoding.UNFILTERED.distribution(logits, NONE));
      assertEquals(Math.min(k, possible), kept(Decoding.UNFILTERED.withTopK(k).distribution(logits, NONE)));
    }
  }

  private static void assertSubset(double[] less, double[] more) {
    for (int id = 0; id < less.length; id++) assertTrue(less[id] == 0 || more[id] > 0, "id " + id + " came back");
  }

  private static long kept(double[] p) {
    return Arrays.stream(p).filter(x -> x > 0).count();
  }

  /** Logits of a normal distribution, some masked, no two alike. */
  private static float[] logits(Random random, int vocabulary) {
    float[] logits = new float[vocabulary];
    for (int id = 0; id < vocabulary; id++)
      logits[id] = random.nextInt(10) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian() * 4;
    logits[random.nextInt(vocabulary)] = 1;
    return logits;
  }

  private static float[] withTies(Random random, float[] logits) {
    IntStream.range(0, logits.length).filter(id -> random.nextBoolean()).forEach(id -> logits[id] = (int) logits[id]);
    return logits;
  }

  /** Any settings; each filter is off in a third of them. */
  private static Decoding decoding(Random random) {
    return new Decoding(0.1 + 2 * random.nextDouble(), on(random) ? random.nextInt(40) : 0,
        on(random) ? random.nextDouble() : 1, on(random) ? random.nextDouble() / 2 : 0,
        on(random) ? random.nextDouble() : 1, on(random) ? 0.5 + random.nextDouble() : 1);
  }

  private static boolean on(Random random) {
    return random.nextInt(3) > 0;
  }
}
