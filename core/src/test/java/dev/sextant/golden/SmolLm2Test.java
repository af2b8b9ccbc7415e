package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.Generation;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.TokenProbability;
import dev.sextant.testing.Json;
import dev.sextant.tokenizer.EncodeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real trained model against the reference's double precision values, where the environment names a folder that holds
 * it ({@code SEXTANT_MODELS}; see tools/fetch-smollm2.sh).
 */
@EnabledIf(value = "theModelIsThere", disabledReason = "run tools/fetch-smollm2.sh DIR and set SEXTANT_MODELS=DIR")
class SmolLm2Test {
  private static final String MODELS = System.getProperty("sextant.models", System.getenv("SEXTANT_MODELS"));
  private static final Json GOLDEN = Json.read(Path.of("src/test/resources/smollm2/golden.json"));

  static boolean theModelIsThere() {
    return MODELS != null && Files.isDirectory(folder());
  }

  private static Path folder() {
    return Path.of(MODELS).resolve("SmolLM2-135M-Instruct");
  }

  static Stream<Arguments> prompts() {
    return GOLDEN.get("prompts").keys().stream().flatMap(
        name -> Stream.of(Arguments.of(name, LoadOptions.defaults()), Arguments.of(name, LoadOptions.defaults()
            .withVectorized(false))));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("prompts")
  void itSaysWhatTheReferenceSays(String name, LoadOptions options) {
    Json prompt = GOLDEN.get("prompts").get(name);
    try (Model model = Model.load(folder(), options)) {
      int[] ids = prompt.get("ids").integers();
      assertArrayEquals(ids, model.tokenizer().encode(prompt.get("text").text(), EncodeOptions.AS_IS).ids());
      assertDistribution(prompt, model.nextTokenDistribution(ids));
      Json greedy = prompt.get("greedy");
      Generation generation = model.generate().ids(ids).maxTokens(greedy.get("ids").list().size()).endTokens().run();
      assertArrayEquals(greedy.get("ids").integers(), generation.ids());
      if (!name.equals("chat")) assertEquals(greedy.get("text").text(), generation.text());
    }
  }

  private static void assertDistribution(Json prompt, Distribution next) {
    Json tolerance = GOLDEN.get("suggested_tolerance");
    List<Json> top = prompt.get("top5").list();
    List<TokenProbability> found = next.top(5);
    for (int i = 0; i < 5; i++) {
      assertEquals(top.get(i).get("id").integer(), found.get(i).id());
      assertEquals(top.get(i).get("logprob").number(), next.logProbability(found.get(i).id()),
          tolerance.get("logprobs").number());
    }
    int[] ids = GOLDEN.get("logit_ids").integers();
    double[] logits = prompt.get("logits").numbers();
    for (int i = 0; i < ids.length; i++) {
      assertEquals(logits[i], next.logit(ids[i]), tolerance.get("logits").number(), "logit of " + ids[i]);
    }
  }

  @Test
  void theWeightsStayInTheMappedFile() {
    Runtime runtime = Runtime.getRuntime();
    long before = usedHeap(runtime);
    try (Model model = Model.load(folder())) {
      model.nextTokenDistribution(504, 5670, 318);
      long grown = usedHeap(runtime) - before;
      assertEquals(0, model.report().copiedBytes());
      assertTrue(model.report().mappedBytes() > 250_000_000, "mapped: " + model.report().mappedBytes());
      assertTrue(grown < 40_000_000, "heap grown by " + grown + " bytes, tokenizer included");
    }
  }

  private static long usedHeap(Runtime runtime) {
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
