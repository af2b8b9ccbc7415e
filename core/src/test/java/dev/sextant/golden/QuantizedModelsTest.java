package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.LoadOptions;
import dev.sextant.LoadReport;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.WeightFormat;
import dev.sextant.trace.Station;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models quantised at load say about what they say as stored. */
class QuantizedModelsTest {
  private static final String MODELS = System.getProperty("sextant.models", System.getenv("SEXTANT_MODELS"));
  private static final String TEXT = """
      The first navigators kept close to the coast and steered by what they saw: a headland, a river mouth, the colour of \
      the water. Out of sight of land they had the sun by day and the stars by night, and for centuries that was enough to \
      know how far north or south a ship had come. How far east or west was another matter. A clock that kept the time of \
      the home port through heat, cold and storm would have told it, and no such clock existed until a carpenter from \
      Yorkshire built one. He was offered a prize, and then the judges kept finding reasons not to pay. In 1773, forty \
      years after he had begun, he was given the money by an act of parliament. def haversine(a, b): return 2 * R * \
      asin(sqrt(sin((b - a) / 2) ** 2)). Today a receiver the size of a fingernail does the same work from the sky.""";

  static boolean theModelIsThere() {
    return MODELS != null && Files.isDirectory(Path.of(MODELS).resolve("SmolLM2-135M-Instruct"));
  }

  static List<String> names() {
    return GoldenTest.NAMES;
  }

  /** The mean of KL(p || q) in nats over all positions of a text. */
  private static double divergence(Model p, Model q, int[] ids) {
    float[] expected = Trace.of(p, ids, Station.LOGITS).at(Station.LOGITS, 0);
    float[] found = Trace.of(q, ids, Station.LOGITS).at(Station.LOGITS, 0);
    int n = p.config().vocabularySize();
    double sum = 0;
    for (int t = 0; t < ids.length; t++) {
      Distribution a = Distribution.of(Arrays.copyOfRange(expected, t * n, (t + 1) * n));
      Distribution b = Distribution.of(Arrays.copyOfRange(found, t * n, (t + 1) * n));
      double[] probabilities = a.probabilities();
      for (int i = 0; i < n; i++)
        if (probabilities[i] > 0) sum += probabilities[i] * (a.logProbability(i) - b.logProbability(i));
    }
    return sum / ids.length;
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyFamilyStaysClose(String name) {
    Golden golden = Golden.of(name);
    try (Model stored = golden.load(LoadOptions.defaults());
        Model q8 = golden.load(LoadOptions.defaults().withWeights(WeightFormat.Q8));
        Model q4 = golden.load(LoadOptions.defaults().withWeights(WeightFormat.Q4))) {
      int[] ids = golden.prompt("p29");
      double eight = divergence(stored, q8, ids);
      double four = divergence(stored, q4, ids);
      assertTrue(eight < 0.01, name + " in 8 bits: " + eight);
      assertTrue(four < 1, name + " in 4 bits: " + four);
      assertTrue(eight < four, name + ": " + eight + " and " + four);
      assertTrue(eight > 0, "nothing was quantised");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "phi3", "mixtral"})
  void threadsAndKernelsAndPassesAgree(String name) {
    Golden golden = Golden.of(name);
    for (WeightFormat format : List.of(WeightFormat.Q8, WeightFormat.Q4)) {
      float[] first = null;
      for (int threads = 1; threads <= 3; threads++) {
        LoadOptions options = LoadOptions.defaults().withWeights(format).withThreads(threads);
        try (Model model = golden.load(options); Session session = model.session()) {
          float[] logits = session.append(golden.prompt("p29")).append(5).distribution().logits();
          if (first == null) first = logits;
          assertArrayEquals(first, logits, format + ", threads: " + threads);
        }
      }
      try (Model model = golden.load(LoadOptions.defaults().withWeights(format).withVectorized(false));
          Session session = model.session()) {
        for (int id : golden.prompt("p29")) session.append(id);
        double[] logits = Golden.doubles(session.append(5).distribution().logits());
        Golden.assertClose(format.toString(), Golden.doubles(first), logits, 0.05);
      }
    }
  }

  @Test
  void theReportCountsWhatIsKept() {
    Golden golden = Golden.of("llama-tied");
    LoadReport stored = report(golden, WeightFormat.AS_STORED);
    LoadReport q8 = report(golden, WeightFormat.Q8);
    LoadReport q4 = report(golden, WeightFormat.Q4);
    assertEquals(0, stored.copiedBytes());
    assertTrue(q4.copiedBytes() < q8.copiedBytes() && q4.copiedBytes() > 0, q4 + " and " + q8);
    assertEquals(q8.mappedBytes(), q4.mappedBytes(), "norms stay in the file");
    assertTrue(q8.mappedBytes() > 0 && q8.mappedBytes() < stored.mappedBytes() / 10, q8.toString());
    assertEquals(stored.parameters(), q4.parameters());
  }

  private static LoadReport report(Golden golden, WeightFormat format) {
    try (Model model = golden.load(LoadOptions.defaults().withWeights(format))) {
      return model.report();
    }
  }

  /** Measured: 0.0017 in 8 bits, 0.33 in 4. */
  @Test
  @EnabledIf(value = "theModelIsThere", disabledReason = "run tools/fetch-smollm2.sh DIR and set SEXTANT_MODELS=DIR")
  void aTrainedModelStaysClose() {
    Path folder = Path.of(MODELS).resolve("SmolLM2-135M-Instruct");
    try (Model stored = Model.load(folder);
        Model q8 = Model.load(folder, LoadOptions.defaults().withWeights(WeightFormat.Q8));
        Model q4 = Model.load(folder, LoadOptions.defaults().withWeights(WeightFormat.Q4))) {
      int[] ids = stored.tokenizer().encode(TEXT).ids();
      double eight = divergence(stored, q8, ids);
      double four = divergence(stored, q4, ids);
      assertTrue(eight <= 2.5e-3, "8 bits: " + eight);
      assertTrue(four <= 0.45, "4 bits: " + four);
      for (Model model : List.of(stored, q8)) {
        assertEquals(" Paris.\n\nThe answer is: 2018-01-22 12:1",
            model.generate().prompt("The capital of France is").maxTokens(24).run().text());
      }
    }
  }
}
