package dev.sextant.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.TokenJourney;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The logit lens against the reference, and against a softmax in float64 of what the lens of one row gives. */
class LensTest {
  static List<org.junit.jupiter.params.provider.Arguments> analyses() {
    return VotesTest.analyses();
  }

  private static float[] stream(Journey journey, int reading, int position) {
    return reading == 0 ? journey.at(Station.EMBEDDING).row(position)
        : journey.at(Station.RESIDUAL_POST, reading - 1).row(position);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("analyses")
  void readingsAreTheReferences(Analysis analysis, LoadOptions options) {
    try (Model model = analysis.golden().load(options)) {
      Journey journey = model.journey().ids(analysis.prompt()).capture(Station.EMBEDDING, Station.RESIDUAL_POST)
          .lens(LensPlan.at(Positions.all())).run();
      int[] ids = analysis.tensors().ints("lens.top5_ids");
      double[] probabilities = analysis.tensors().doubles("lens.top5_probs");
      int positions = analysis.prompt().length;
      assertEquals(positions, journey.lenses().size());
      for (int reading = 0; reading <= model.config().layers(); reading++) {
        for (int p = 0; p < positions; p++) {
          var top = journey.lenses().get(p).reading(reading).top();
          for (int i = 0; i < 5; i++) {
            int at = (reading * positions + p) * 5 + i;
            assertEquals(ids[at], top.get(i).id(), analysis + ", reading " + reading + " of position " + p);
            assertEquals(probabilities[at], top.get(i).probability(), analysis.tolerance("lens.top5_probs"));
          }
        }
      }
      double[] last = IntStream.rangeClosed(0, model.config().layers())
          .mapToObj(reading -> model.lens(stream(journey, reading, positions - 1)).logits())
          .flatMapToDouble(logits -> Arrays.stream(Golden.doubles(logits))).toArray();
      analysis.assertClose("lens.logits_last", last);
    }
  }

  /** Families with caps, scales and biases of logits among them. */
  @ParameterizedTest
  @ValueSource(strings = {"gemma2", "granite", "phi", "olmo2", "mixtral"})
  void everythingKeptIsThatOfTheWholeDistribution(String name) {
    Golden golden = Golden.of(name);
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = model.journey().ids(golden.prompt("p13")).maxTokens(3)
          .capture(Station.EMBEDDING, Station.RESIDUAL_POST)
          .lens(LensPlan.at(Positions.all()).withTop(3).following(7, 11)).run();
      assertEquals(15, journey.lenses().size());
      for (LogitLens lens : journey.lenses()) {
        Distribution end = model.lens(stream(journey, model.config().layers(), lens.position()));
        for (int reading = 0; reading <= lens.layers(); reading++) {
          check(model.lens(stream(journey, reading, lens.position())), end, lens, reading);
        }
        assertEquals(end.argmax(), lens.finalChoice());
      }
      assertNextTokensAreFollowed(journey);
    }
  }

  private static void check(Distribution expected, Distribution end, LogitLens lens, int reading) {
    for (int token : lens.followed()) {
      assertEquals(expected.rank(token), lens.rank(reading, token));
      assertEquals(expected.probability(token), lens.probability(reading, token), 2e-6);
      assertEquals(expected.logit(token), lens.logit(reading, token), 2e-5);
    }
    assertEquals(3, lens.reading(reading).top().size());
    for (int i = 0; i < 3; i++) {
      assertEquals(expected.top(3).get(i).id(), lens.reading(reading).top().get(i).id());
      assertEquals(expected.top(3).get(i).probability(), lens.reading(reading).top().get(i).probability(), 2e-6);
    }
    double divergence = 0;
    for (int id = 0; id < end.vocabularySize(); id++)
      divergence += end.probability(id) * (end.logProbability(id) - expected.logProbability(id));
    assertEquals(divergence, lens.reading(reading).divergence(), 1e-5);
  }

  private static void assertNextTokensAreFollowed(Journey journey) {
    int[] ids = journey.ids();
    for (LogitLens lens : journey.lenses()) assertTrue(lens.rank(0, ids[lens.position() + 1]) >= 0);
    for (TokenJourney token : journey.tokens()) {
      assertEquals(token.position(), token.lens().position());
      assertEquals(0, token.lens().rank(token.lens().layers(), token.id()), "greedy");
      assertEquals(1, token.lens().rank(token.lens().layers(), token.runnerUp().id()));
    }
  }

  @Test
  void leadsAreFound() {
    int[][] ranks = {{0, 3}, {1, 0}, {0, 1}, {1, 0}, {2, 0}};
    List<LogitLens.Reading> readings = Arrays.stream(ranks).map(two -> new LogitLens.Reading(
        List.of(new dev.sextant.TokenProbability(two[0] == 0 ? 4 : 9, "", 0.5, 1)), 0, two, new double[2],
        new float[2]))
        .toList();
    LogitLens lens = new LogitLens(0, new int[] {4, 9}, readings);
    assertEquals(0, lens.firstLead(4));
    assertEquals(-1, lens.leadsFrom(4));
    assertEquals(1, lens.firstLead(9));
    assertEquals(3, lens.leadsFrom(9));
    assertEquals(9, lens.finalChoice());
    assertEquals(3, lens.decidedAt());
    assertEquals(4, lens.layers());
    assertThrows(InvalidArgumentException.class, () -> lens.rank(0, 5));
    assertThrows(InvalidArgumentException.class, () -> lens.reading(5));
    assertThrows(InvalidArgumentException.class, () -> lens.reading(-1));
  }

  @Test
  void aPromptAloneIsReadToo() {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      Journey journey = model.journey().ids(golden.prompt("p7")).maxTokens(0).lens(LensPlan.at(Positions.of(2, 6)))
          .run();
      assertArrayEquals(new int[] {2, 6}, journey.lenses().stream().mapToInt(LogitLens::position).toArray());
    }
  }

  /** The prompt passes in two pieces; readings are those of one position after the other. */
  @Test
  void aLongPromptPassesInPieces() {
    Golden golden = Golden.of("mistral");
    try (Model model = golden.load(LoadOptions.defaults().withContextLength(700))) {
      int[] ids = new java.util.Random(1).ints(600, 0, 100).toArray();
      List<LogitLens> all = model.journey().ids(ids).lens(LensPlan.at(Positions.all())).run().lenses();
      List<LogitLens> some = model.journey().ids(ids).lens(LensPlan.at(Positions.of(3, 511, 512, 599))).run().lenses();
      assertEquals(600, all.size());
      assertEquals(4, some.size());
      for (LogitLens lens : some)
        assertEquals(lens.reading(1).divergence(), all.get(lens.position()).reading(1).divergence(), 1e-5);
    }
  }

  @Test
  void unknownTokensAreRefused() {
    Golden golden = Golden.of("llama");
    try (Model model = golden.load(LoadOptions.defaults())) {
      assertThrows(InvalidArgumentException.class,
          () -> model.journey().ids(1).lens(LensPlan.atDecisions().following(112)).run());
      assertThrows(InvalidArgumentException.class, () -> LensPlan.atDecisions().withTop(0));
    }
  }
}
