package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sextant.Distribution;
import dev.sextant.TokenProbability;
import dev.sextant.testing.GoldenTensors;
import dev.sextant.testing.Json;
import dev.sextant.testing.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distributions that transformers computed in float64, from the goldens' own logits: no model runs here. */
class GoldenDistributionsTest {
  private static final Path MODELS = Path.of("src/test/resources/golden/models");
  /** The goldens' logits are rounded to float32 here, which moves a probability by less than this. */
  private static final double TOLERANCE = 2e-6;
  private static final List<String> FILTERED_PROMPTS = List.of("p7", "p29");

  private record Golden(String name, Json facts, GoldenTensors tensors) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Golden> goldens() throws IOException {
    try (Stream<Path> folders = Files.list(MODELS)) {
      return folders.sorted().filter(folder -> Files.exists(folder.resolve("golden.safetensors")))
          .map(GoldenDistributionsTest::golden).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void filtersAgreeWithTransformers(Golden golden) {
    Json cases = golden.facts.get("distributions");
    for (String name : cases.keys()) for (String prompt : FILTERED_PROMPTS) {
      Decoding decoding = Settings.decoding(cases.get(name).get("settings"));
      int[] ids = golden.facts.get("prompts").get(prompt).integers();
      double[] actual = decoding.distribution(golden.tensors.floats(prompt + ".logits_last"), ids);
      double[] expected = golden.tensors.doubles(prompt + ".dist." + name);
      assertArrayEquals(expected, actual, TOLERANCE, () -> prompt + " " + name);
      int kept = cases.get(name).get("kept").get(prompt).integer();
      assertEquals(kept, Arrays.stream(actual).filter(p -> p > 0).count(), () -> prompt + " " + name);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void distributionAgreesWithTransformers(Golden golden) {
    for (String prompt : golden.facts.get("prompts").keys()) {
      Distribution distribution = Distribution.of(golden.tensors.floats(prompt + ".logits_last"));
      assertArrayEquals(golden.tensors.doubles(prompt + ".softmax_T1"), distribution.probabilities(), TOLERANCE);
      double[] at07 = distribution.withTemperature(0.7).probabilities();
      assertArrayEquals(golden.tensors.doubles(prompt + ".softmax_T0.7"), at07, TOLERANCE);
      assertTop(golden.tensors, prompt, distribution);
    }
  }

  private static void assertTop(GoldenTensors tensors, String prompt, Distribution distribution) {
    int[] ids = last(tensors.ints(prompt + ".top5_ids"), 5);
    double[] logProbabilities = tensors.doubles(prompt + ".top5_logprobs");
    assertArrayEquals(ids, distribution.top(5).stream().mapToInt(TokenProbability::id).toArray());
    assertEquals(ids[0], distribution.argmax());
    for (int i = 0; i < ids.length; i++) {
      assertEquals(i, distribution.rank(ids[i]));
      double expected = logProbabilities[logProbabilities.length - ids.length + i];
      assertEquals(expected, distribution.logProbability(ids[i]), TOLERANCE);
    }
  }

  private static int[] last(int[] values, int count) {
    return Arrays.copyOfRange(values, values.length - count, values.length);
  }

  private static Golden golden(Path folder) {
    Json facts = Json.read(folder.resolve("golden.json"));
    GoldenTensors tensors = GoldenTensors.read(folder.resolve("golden.safetensors"));
    return new Golden(folder.getFileName().toString(), facts, tensors);
  }
}
