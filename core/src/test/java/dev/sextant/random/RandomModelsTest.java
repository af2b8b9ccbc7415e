package dev.sextant.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.WeightFormat;
import dev.sextant.architecture.Blueprint;
import dev.sextant.trace.Station;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the model: vector and scalar kernels agree, so do a prompt in one piece, in pieces and token by token, and the
 * number of threads changes no bit. {@code -Dsextant.random.models=1000} tries more, {@code -Dsextant.random.seed} others;
 * model i has the seed plus i. The figures are written to {@code target/random-models.txt}.
 */
class RandomModelsTest {
  private static final int MODELS = Integer.getInteger("sextant.random.models", 30);
  private static final long SEED = Long.getLong("sextant.random.seed", 1);

  /** Random numbers of neighbouring seeds begin alike. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  @TempDir
  Path temporary;

  /** The worst deviations of logits, as parts of the largest of a text. */
  private static final class Worst {
    private int models;
    private final Set<String> families = new TreeSet<>();
    private double kernels;
    private double pieces;
  }

  private final Map<WeightFormat, Worst> worst = new EnumMap<>(WeightFormat.class);

  @Test
  void kernelsCutsAndThreadsAgreeInEveryModel() throws IOException {
    for (int i = 0; i < MODELS; i++) {
      long seed = SEED + i;
      try {
        check(new Random(seed * SPREAD), temporary.resolve("model"));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("model with seed " + seed + " (-Dsextant.random.models=1 -Dsextant.random.seed=" + seed
            + "): " + e.getMessage(), e);
      }
    }
    report();
    worst.forEach((format, figures) -> assertTrue(figures.models < 5 || figures.kernels > 0 && figures.pieces > 0,
        format + ": there are two kinds of kernels, and passes that add up otherwise"));
  }

  private void check(Random random, Path folder) throws IOException {
    RandomModel drawn = RandomModel.draw(folder, random);
    WeightFormat format = format(drawn.blueprint().experts(), random);
    int[] ids = random.ints(1 + random.nextInt(RandomConfig.CONTEXT / 2), 0, drawn.blueprint().sizes().vocabulary())
        .toArray();
    int[] cuts = random.ints(3, 0, ids.length).sorted().toArray();
    String what = drawn + ", " + format + ", " + ids.length + " tokens";
    LoadOptions options = LoadOptions.defaults().withWeights(format).withThreads(1);
    Logits found = Logits.of(folder, options, ids, cuts);
    for (int threads = 2; threads <= 3; threads++) {
      Logits other = Logits.of(folder, options.withThreads(threads), ids, cuts);
      assertArrayEquals(found.whole, other.whole, what + ", whole, threads: " + threads);
      assertArrayEquals(found.pieces, other.pieces, what + ", in pieces, threads: " + threads);
      assertArrayEquals(found.single, other.single, what + ", token by token, threads: " + threads);
    }
    Logits scalar = Logits.of(folder, options.withVectorized(false).withThreads(2), ids, cuts);
    Worst figures = worst.computeIfAbsent(format, _ -> new Worst());
    figures.models++;
    figures.families.add(drawn.blueprint().family().name());
    double tolerance = tolerance(format);
    for (Logits each : List.of(found, scalar)) {
      double deviation = Math.max(deviation(each.whole, each.pieces), deviation(each.whole, each.single));
      figures.pieces = Math.max(figures.pieces, deviation);
      assertTrue(deviation <= tolerance,
          what + (each == scalar ? ", scalar" : ", vector") + ": pieces deviate by " + deviation);
    }
    double deviation = Math.max(deviation(scalar.whole, found.whole), deviation(scalar.single, found.single));
    figures.kernels = Math.max(figures.kernels, deviation);
    assertTrue(deviation <= tolerance, what + ": kernels deviate by " + deviation);
  }

  /** Experts that are chosen by rounded numbers may be others after the least deviation: those models stay as stored. */
  private static WeightFormat format(Blueprint.@Nullable Experts experts, Random random) {
    if (experts != null && experts.chosen() < experts.count()) return WeightFormat.AS_STORED;
    return WeightFormat.values()[random.nextInt(WeightFormat.values().length)];
  }

  /**
   * Sums in another order end otherwise in the last bits of single precision. With weights in 4 bits what they are multiplied
   * with is rounded to 8, which turns such a bit into a step. The worst of 1000 models: 2^-17.7 and 2^-5.9.
   */
  private static double tolerance(WeightFormat format) {
    return format == WeightFormat.Q4 ? 0x1p-4 : 0x1p-16;
  }

  /** The largest difference, as a part of the largest number. */
  private static double deviation(float[] expected, float[] found) {
    double largest = Double.MIN_NORMAL;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs((double) expected[i] - found[i]));
    }
    return difference / largest;
  }

  /**
   * All logits of a text, [tokens, vocabulary].
   *
   * @param whole of one pass
   * @param pieces of several, cut somewhere
   * @param single of as many as there are tokens
   */
  private record Logits(float[] whole, float[] pieces, float[] single) {
    static Logits of(Path folder, LoadOptions options, int[] ids, int[] cuts) {
      int[] all = IntStream.range(0, ids.length).toArray();
      try (Model model = Model.load(folder, options)) {
        return new Logits(of(model, ids, new int[0]), of(model, ids, cuts), of(model, ids, all));
      }
    }

    private static float[] of(Model model, int[] ids, int[] cuts) {
      float[] logits = new float[ids.length * model.config().vocabularySize()];
      int[] filled = {0};
      try (Session session = model.session()) {
        session.observe(Set.of(Station.LOGITS), (_, _, live) -> {
          float[] rows = live.copy();
          System.arraycopy(rows, 0, logits, filled[0], rows.length);
          filled[0] += rows.length;
        });
        int from = 0;
        for (int cut : cuts) {
          if (cut > from) session.append(Arrays.copyOfRange(ids, from, cut));
          from = cut;
        }
        session.append(Arrays.copyOfRange(ids, from, ids.length));
      }
      if (filled[0] != logits.length) throw new AssertionError(filled[0] + " of " + logits.length + " logits");
      return logits;
    }
  }

  private void report() throws IOException {
    StringBuilder figures = new StringBuilder();
    worst.forEach((format, each) -> figures.append(String.format(Locale.ROOT,
        "%s: %d models of %d families; kernels deviate by %.1e, passes by %.1e at most%n", format, each.models,
        each.families.size(), each.kernels, each.pieces)));
    System.out.print(figures);
    if (Files.isDirectory(Path.of("target"))) Files.writeString(Path.of("target/random-models.txt"), figures);
  }
}
