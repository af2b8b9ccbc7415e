package dev.sextant.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rows of logits come down to, against float64 and the plainest of loops; and the kernels that find it. */
class SurveyTest {
  private static final int[] LENGTHS = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50, 64, 100, 1000};

  static List<Kernels> kernels() {
    return List.of(Kernels.scalar(), Kernels.fastest());
  }

  /** Few different numbers, so that many are equal; some special ones. */
  private static float[] coarse(int n, long seed) {
    float[] some = {-3, -1, -0f, 0, 0.5f, 2, Float.NEGATIVE_INFINITY, Float.NaN, 3};
    Random random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) x[i] = some[random.nextInt(some.length)];
    return x;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void theFirstAboveABound(Kernels kernels) {
    for (int n : LENGTHS) {
      float[] x = coarse(n + 2, n);
      for (int from = 0; from <= Math.min(n, 20); from++) {
        for (float bound : new float[] {-3, 0, -0f, 2, 3, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
          Float.NaN}) {
          int expected = from;
          while (expected < n && !(x[expected] > bound) && !Float.isNaN(x[expected]) && !Float.isNaN(bound)) expected++;
          assertEquals(expected, kernels.firstAbove(x, from, n, bound), n + " numbers from " + from + ", " + bound);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void ranks(Kernels kernels) {
    for (int n : LENGTHS) {
      float[] x = coarse(n + 5, n);
      for (int place = 3; place < 3 + n; place += Math.max(1, n / 40)) {
        float value = x[place];
        int at = place;
        long expected = IntStream.range(3, 3 + n).filter(i -> x[i] > value || x[i] == value && i < at).count();
        assertEquals(expected, kernels.rank(x, 3, 3 + n, place), n + " numbers, " + value + " at " + place);
      }
    }
  }

  @Test
  void dotsInDoublePrecisionAreTheSameBitsFromAllKernels() {
    for (int n : LENGTHS) {
      float[] a = Naive.numbers(n + 3, n);
      float[] b = Naive.numbers(n + 3, n + 1);
      double sum = 0;
      double size = 0;
      for (int i = 0; i < n; i++) {
        sum += (double) a[1 + i] * b[3 + i];
        size += Math.abs((double) a[1 + i] * b[3 + i]);
      }
      double scalar = Kernels.scalar().dot(a, 1, b, 3, n);
      assertEquals(sum, scalar, 1e-15 * size * (1 + n / 100.0));
      assertEquals(scalar, Kernels.fastest().dot(a, 1, b, 3, n), 0, "bits");
    }
    assertEquals(0, Kernels.fastest().dot(new float[0], 0, new float[0], 0, 0));
  }

  /** Logits of some spread, rows of a group alike, as layers are. */
  private static Rows logits(int rows, int width) {
    Rows logits = Naive.rows(rows, width, 5);
    float[] common = Naive.numbers(width, 6);
    for (int i = 0; i < rows * width; i++) logits.data()[i] = 2 * logits.data()[i] + 3 * common[i % width] - 20;
    return logits;
  }

  private static Survey survey(Engine engine, Rows logits, int group, int top) {
    Survey survey = new Survey(group, logits.width());
    int[][] followed = new int[logits.rows() / group][];
    Arrays.setAll(followed, g -> new int[] {g % logits.width(), logits.width() - 1});
    survey.ask(followed, top);
    engine.survey(logits, survey);
    return survey;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everythingIsThatOfTheWholeRows(int threads) {
    for (Kernels kernels : kernels()) {
      try (Workers workers = new Workers(threads)) {
        Engine engine = new Engine(kernels, workers);
        for (int width : new int[] {1, 5, 100, 4096, 4097, 9000}) {
          Rows logits = logits(12, width);
          for (int group : new int[] {1, 3, 12}) check(survey(engine, logits, group, 4), logits, group);
        }
      }
    }
  }

  private static void check(Survey survey, Rows logits, int group) {
    for (int row = 0; row < logits.rows(); row++) {
      float[] x = row(logits, row);
      float[] end = row(logits, row / group * group + group - 1);
      int[] order = order(x);
      assertArrayEquals(Arrays.copyOf(order, Math.min(4, x.length)), survey.best(row));
      int[] followed = survey.followed(row);
      assertEquals(followed.length, Arrays.stream(followed).distinct().count());
      int choice = order(end)[0];
      assertTrue(Arrays.stream(followed).anyMatch(id -> id == choice));
      for (int i = 0; i < followed.length; i++) assertEquals(followed[i], order[survey.ranks(row)[i]]);
      double logSum = logSum(x);
      double endSum = logSum(end);
      assertEquals(logSum, survey.logSum(row), 1e-6 * Math.abs(logSum));
      double divergence = 0;
      for (int i = 0; i < x.length; i++)
        divergence += Math.exp(end[i] - endSum) * ((end[i] - endSum) - (x[i] - logSum));
      assertEquals(divergence, survey.divergence(row), 4e-6);
      if (row % group == group - 1) assertEquals(0, survey.divergence(row));
    }
  }

  private static float[] row(Rows rows, int row) {
    return Arrays.copyOfRange(rows.data(), rows.at(row), rows.at(row + 1));
  }

  private static int[] order(float... x) {
    return IntStream.range(0, x.length).boxed().sorted((a, b) -> Float.compare(x[b], x[a]))
        .mapToInt(Integer::intValue).toArray();
  }

  private static double logSum(float... x) {
    double sum = 0;
    for (float v : x) sum += Math.exp(v); // these are not large
    return Math.log(sum);
  }

  @Test
  void ofEqualLogitsTheLowestIdComesFirst() {
    for (Kernels kernels : kernels()) {
      try (Workers workers = new Workers(1)) {
        Rows logits = new Rows(40).resize(1);
        Arrays.fill(logits.data(), 1);
        logits.data()[33] = 2;
        logits.data()[37] = 2;
        assertArrayEquals(new int[] {33, 37, 0, 1}, survey(new Engine(kernels, workers), logits, 1, 4).best(0));
      }
    }
  }

  @Test
  void nanIsToldAsNan() {
    for (Kernels kernels : kernels()) {
      try (Workers workers = new Workers(1)) {
        Rows logits = logits(2, 100);
        logits.data()[70] = Float.NaN;
        Survey survey = survey(new Engine(kernels, workers), logits, 2, 3);
        assertTrue(Double.isNaN(survey.logSum(0)));
        assertTrue(Double.isNaN(survey.divergence(0)));
        assertEquals(logSum(row(logits, 1)), survey.logSum(1), 1e-5);
        assertEquals(0, survey.divergence(1));
      }
    }
  }

  /** Buffers of a larger survey are there when a smaller one is asked for, and the other way round. */
  @Test
  void surveysAreUsedAgain() {
    try (Workers workers = new Workers(2)) {
      Engine engine = new Engine(Kernels.fastest(), workers);
      Survey survey = new Survey(3, 100);
      for (int groups : new int[] {4, 1, 2, 5}) {
        Rows logits = logits(3 * groups, 100);
        survey.ask(new int[groups][0], groups);
        engine.survey(logits, survey);
        for (int row = 0; row < logits.rows(); row++)
          assertArrayEquals(Arrays.copyOf(order(row(logits, row)), groups), survey.best(row));
      }
      assertThrows(IllegalArgumentException.class, () -> engine.survey(logits(3, 100), survey));
      assertThrows(IllegalArgumentException.class, () -> engine.survey(logits(15, 99), survey));
    }
  }
}
