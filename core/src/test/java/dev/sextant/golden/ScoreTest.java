package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.NonFiniteLogitsException;
import dev.sextant.Score;
import dev.sextant.ScoredToken;
import dev.sextant.Scoring;
import dev.sextant.explain.Calibration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A text's score is what the model says token by token. */
class ScoreTest {
  private static final LoadOptions ONE_THREAD = LoadOptions.defaults().withThreads(1);
  private static final Path NOT_A_NUMBER = Path.of("src/test/resources/cases/10-non-finite/nan-row-7");

  /** Those in which a later token does not change how earlier ones are read. */
  static List<String> names() {
    return GoldenTest.NAMES.stream().filter(name -> !name.equals("llama-rope-dynamic") && !name.endsWith("crossing"))
        .toList();
  }

  /** The reference's log probabilities, wherever the token that came is among its best five. */
  @ParameterizedTest
  @MethodSource("names")
  void agreesWithTheReference(String name) {
    Golden golden = Golden.of(name);
    int[] ids = golden.prompt("p29");
    int[] top = golden.tensors().ints("p29.top5_ids");
    double[] expected = golden.tensors().doubles("p29.top5_logprobs");
    try (Model model = golden.load(ONE_THREAD)) {
      for (int cut = 0; cut < 5; cut++) { // the token that "comes" is, in turn, each of the best five at the last place
        int[] text = ids.clone();
        text[28] = top[5 * 27 + cut];
        Score score = model.score(text);
        assertEquals(expected[5 * 27 + cut], score.logProbability(28), 2 * golden.tolerance("logits_abs"));
        assertEquals(28, score.scored());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"llama", "gpt2", "gemma2", "qwen3_moe"})
  void isTheSumOfWhatIsSaidTokenByToken(String name) {
    Golden golden = Golden.of(name);
    int[] ids = golden.prompt("p29");
    try (Model model = golden.load(ONE_THREAD)) {
      Score score = model.score(ids);
      double total = 0;
      for (int position = 1; position < ids.length; position++) {
        int[] prefix = score.prefix(position);
        assertEquals(position, prefix.length);
        double expected = model.nextTokenDistribution(prefix).logProbability(ids[position]);
        assertEquals(expected, score.logProbability(position), 1e-4);
        assertEquals(expected, 0 - score.surprisal(position), 1e-4);
        total += score.logProbability(position);
      }
      assertEquals(total, score.total(), 1e-10);
      assertEquals(-total / 28, score.meanSurprisal(), 1e-10);
      assertEquals(Math.exp(-total / 28), score.perplexity(), 1e-8);
      assertArrayEquals(ids, score.ids());
      ScoredToken last = score.tokens().getLast();
      assertEquals(28, score.tokens().size());
      assertEquals(28, last.position());
      assertEquals(ids[28], last.id());
      assertEquals(Math.exp(last.logProbability()), last.probability());
      assertTrue(Double.isNaN(score.logProbabilities()[0]));
    }
  }

  /** Whatever windows: every token is scored once, by the prefix that the rule gives it. */
  @ParameterizedTest
  @CsvSource({"8,4", "8,1", "8,8", "2,1", "2,2", "7,3", "29,29", "28,5", "128,64", "9,0"})
  void windowsFollowTheirRule(int window, int stride) {
    Golden golden = Golden.of("llama");
    int[] ids = golden.prompt("p29");
    try (Model model = golden.load(ONE_THREAD)) {
      List<Integer> progress = new ArrayList<>();
      Scoring scoring = model.scoring().ids(ids).window(window).progress(progress::add);
      int step = stride == 0 ? window / 2 : stride;
      Score score = (stride == 0 ? scoring : scoring.stride(stride)).run();
      for (int position = 1; position < ids.length; position++) {
        int[] prefix = score.prefix(position);
        boolean isWhole = prefix.length == position;
        assertTrue(prefix.length <= window && (isWhole || prefix.length > window - step),
            position + ": " + prefix.length);
        assertTrue(!(position <= window) || isWhole, "the first window gives all there is");
        assertEquals(model.nextTokenDistribution(prefix).logProbability(ids[position]), score.logProbability(position),
            1e-4, "position " + position);
      }
      assertEquals(28, progress.getLast());
      assertEquals(progress.stream().sorted().distinct().toList(), progress);
    }
  }

  /** Longer than a piece of the pass and than the context. */
  @Test
  void longTextsAreScoredInPieces() {
    try (Model model = Golden.of("llama").load(ONE_THREAD.withContextLength(1400))) {
      int[] ids = new Random(2).ints(3000, 0, 112).toArray();
      Score score = model.score(ids);
      for (int position : new int[] {1, 64, 65, 511, 512, 513, 1399, 1400, 1401, 2099, 2100, 2101, 2800, 2999}) {
        assertEquals(model.nextTokenDistribution(score.prefix(position)).logProbability(ids[position]),
            score.logProbability(position), 1e-4, "position " + position);
      }
      assertEquals(701, score.prefix(1401).length);
      assertEquals(1400, score.prefix(1400).length);
    }
  }

  @Test
  void predictionsComeInOrderAndAreKept() {
    Golden golden = Golden.of("gpt2");
    int[] ids = golden.prompt("p29");
    try (Model model = golden.load(ONE_THREAD)) {
      List<Distribution> kept = new ArrayList<>();
      Score score = model.scoring().ids(ids).window(10).stride(3).run(prediction -> {
        kept.add(prediction.distribution());
        assertEquals(kept.size(), prediction.position());
        assertEquals(ids[prediction.position()], prediction.id());
        assertEquals(prediction.distribution().argmax() == prediction.id(), prediction.isHit());
      });
      assertEquals(28, kept.size());
      for (int i = 0; i < 28; i++) {
        assertEquals(kept.get(i).logProbability(ids[i + 1]), score.logProbability(i + 1));
      }
      assertArrayEquals(model.scoring().ids(ids).window(10).stride(3).run().logProbabilities(),
          score.logProbabilities());
      Calibration calibration = Calibration.of(model.scoring().ids(ids));
      assertEquals(28, calibration.count());
      assertEquals(model.score(ids).meanSurprisal(), calibration.loss(), 1e-12);
      assertTrue(calibration.fit().loss() <= calibration.loss() + 1e-12);
    }
  }

  @Test
  void whatCannotBeScoredIsSaid() {
    try (Model model = Golden.of("gpt2").load(ONE_THREAD)) { // a context of 40
      assertSays("has 1 token;", () -> model.score(3));
      assertSays("has 0 tokens", () -> model.score());
      assertSays("no text is set", () -> model.scoring().run());
      assertSays("ids -1, 97 outside", () -> model.score(1, -1, 2, 97));
      assertSays("window is 41", () -> model.scoring().window(41));
      assertSays("window is 1", () -> model.scoring().window(1));
      assertSays("stride is 0", () -> model.scoring().stride(0));
      assertSays("stride is 11", () -> model.scoring().ids(1, 2).window(10).stride(11).run());
      Score score = model.score(1, 2);
      assertSays("position is 0", () -> score.logProbability(0));
      assertSays("position is 2", () -> score.token(2));
      assertSays("position is 0", () -> score.prefix(0));
    }
  }

  @Test
  void theLastTokenNeedNotPass() {
    try (Model model = Golden.of("gpt2").load(ONE_THREAD)) {
      int[] ids = new Random(4).ints(41, 0, 97).toArray(); // one more than the context
      assertEquals(40, model.score(ids).prefix(40).length);
    }
  }

  @Test
  void numbersThatAreNoneAreReportedWithTheirPlace() {
    try (Model model = Model.load(NOT_A_NUMBER, ONE_THREAD)) {
      NonFiniteLogitsException e = assertThrows(NonFiniteLogitsException.class, () -> model.score(1, 2, 3, 7, 4, 5));
      assertEquals(3, e.position().orElseThrow());
      assertTrue(Double.isFinite(model.score(1, 2, 3, 7).total()), "what comes last does not pass");
    }
  }

  private static void assertSays(String part, Runnable action) {
    String message = assertThrows(InvalidArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
