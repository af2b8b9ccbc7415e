package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Score;
import dev.sextant.WeightFormat;
import dev.sextant.explain.Geometry;
import dev.sextant.explain.HeadPattern;
import dev.sextant.explain.HeadPatterns;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.Similarity;
import dev.sextant.explain.TokenSpace;
import dev.sextant.tokenizer.EncodeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What explanations say of a real model makes sense, where the environment names a folder that holds it. */
@EnabledIf(value = "theModelIsThere", disabledReason = "run tools/fetch-smollm2.sh DIR and set SEXTANT_MODELS=DIR")
class SmolLm2ExplainTest {
  private static final String MODELS = System.getProperty("sextant.models", System.getenv("SEXTANT_MODELS"));

  static boolean theModelIsThere() {
    return MODELS != null && Files.isDirectory(folder());
  }

  private static Path folder() {
    return Path.of(MODELS).resolve("SmolLM2-135M-Instruct");
  }

  /** The usual test: a random stretch of tokens, twice; only an induction head can know what comes the second time. */
  @Test
  void someHeadsDoWhatHeadsAreKnownToDo() {
    int[] stretch = new Random(7).ints(60, 1000, 40_000).toArray();
    int[] ids = new int[120];
    for (int i = 0; i < ids.length; i++) ids[i] = stretch[i % 60];
    try (Model model = Model.load(folder())) {
      HeadPatterns patterns = HeadPatterns.of(model, ids);
      assertTrue(patterns.strongest(HeadPattern::previousToken, 1).getFirst().previousToken() > 0.5);
      assertTrue(patterns.strongest(HeadPattern::induction, 1).getFirst().induction() > 0.5);
      assertTrue(patterns.strongest(HeadPattern::firstToken, 1).getFirst().firstToken() > 0.8);
      assertTrue(patterns.strongest(HeadPattern::duplicateToken, 1).getFirst().duplicateToken() > 0.3);
      for (HeadPattern head : patterns.all()) {
        double shares = head.distance().farther();
        assertEquals(0, shares, "the text is shorter than the reach");
        assertTrue(head.entropy() >= 0 && head.entropy() < Math.log(120));
      }
      Score score = model.score(ids);
      double first = 0;
      double second = 0;
      for (int i = 1; i < 60; i++) {
        first += score.surprisal(i);
        second += score.surprisal(60 + i);
      }
      assertTrue(second < first / 3, "the repetition is noticed: " + first + ", then " + second);
    }
  }

  @ParameterizedTest
  @EnumSource(WeightFormat.class)
  void relatedWordsAreNear(WeightFormat format) {
    try (Model model = Model.load(folder(), LoadOptions.defaults().withWeights(format))) {
      Geometry geometry = Geometry.of(model);
      int storm = model.tokenizer().encodeIds(" storm", EncodeOptions.TEXT_ONLY)[0];
      Set<String> near = geometry.neighbours(storm, TokenSpace.EMBEDDING, 7).stream().map(Neighbour::text)
          .collect(Collectors.toSet());
      assertTrue(near.containsAll(Set.of(" storms", " Storm", "storm", " hurricane")), near.toString());
      assertEquals(storm, geometry.nearest(geometry.vector(storm, TokenSpace.UNEMBEDDING), TokenSpace.UNEMBEDDING,
          Similarity.COSINE, 1).getFirst().id());
    }
  }

  /** Memory does not grow with the text: ten times the tokens, the same live heap. */
  @Test
  void longTextsTakeNoMoreMemory() {
    int[] ids = new Random(3).ints(1200, 1000, 40_000).toArray();
    try (Model model = Model.load(folder())) {
      List<Long> used = new ArrayList<>();
      Runtime runtime = Runtime.getRuntime();
      model.scoring().ids(ids).window(128).progress(done -> {
        if (done % 64 != 0) return;
        System.gc();
        used.add(runtime.totalMemory() - runtime.freeMemory());
      }).run();
      long early = used.get(3);
      long late = used.getLast();
      assertTrue(late < early + (8 << 20), early + " bytes, then " + late);
    }
  }
}
