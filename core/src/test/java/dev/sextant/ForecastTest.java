package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Neurons;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Votes;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of a journey is forecast as well: votes to the byte, lenses at most a followed token too many. */
class ForecastTest {
  private static final Path MODELS = Path.of("src/test/resources/golden/models");

  private static Model load(String name) {
    return Model.load(MODELS.resolve(name));
  }

  private static JourneyPlan plan(Model model) {
    return model.generate().ids(3, 1, 4, 1, 5).endTokens().maxTokens(6).journey();
  }

  private static List<JourneyPlan> plans(Model model) {
    JourneyPlan plan = plan(model);
    Contest contest = Contest.chosenAgainstRunnerUp();
    return List.of(plan.votes(), plan.why(), plan.votes(Contest.of(7), contest.withAllSources().withNeurons()),
        plan.votes(contest.withNeurons()).lens(), plan.votes(contest.withSources(3)).capture(CapturePlan.everything()),
        plan.lens(LensPlan.at(Positions.all()).withTop(3).following(7, 11, 7)),
        plan.maxTokens(0).lens(LensPlan.at(Positions.of(1, 4)).following(7)), plan.maxTokens(0).votes(),
        plan.lens(LensPlan.at(Positions.from(3)).withTop(Integer.MAX_VALUE)), plan.maxTokens(1).why());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gpt_neox", "mixtral", "qwen3_moe", "gemma2", "phi", "olmo2"})
  void answersAreForecast(String name) {
    try (Model model = load(name)) {
      for (JourneyPlan plan : plans(model)) {
        Journey journey = plan.run();
        Forecast forecast = plan.forecast();
        long votes = journey.tokens().stream().flatMap(token -> token.allVotes().stream()).mapToLong(
            ForecastTest::handedOut).sum();
        long lenses = journey.lenses().stream().mapToLong(ForecastTest::handedOut).sum();
        assertEquals(votes, forecast.voteBytes());
        assertEquals(plan.questions().contests().isEmpty() || journey.tokens().isEmpty(), votes == 0);
        assertEquals(plan.questions().lens() == null, lenses == 0);
        long spare = forecast.lensBytes() - lenses;
        assertTrue(spare >= 0 && spare <= doubled(plan, journey), spare + " bytes of " + lenses);
        assertEquals(forecast.capturedBytes() + forecast.logitBytes() + votes + lenses, journey.bytes());
        long told = journey.tokens().stream().mapToLong(TokenJourney::bytes).sum();
        if (!journey.tokens().isEmpty()) assertEquals(journey.bytes(), told);
      }
    }
  }

  /** Each vote, the difference and the scale; two numbers for each source; each neuron and the bias. */
  private static long handedOut(Votes votes) {
    long numbers = votes.all().size() + 2;
    long bytes = Double.BYTES * numbers;
    for (Sources head : votes.sources()) bytes += 2L * Float.BYTES * head.positions();
    for (Neurons neurons : votes.neurons()) bytes += Double.BYTES + (long) Float.BYTES * neurons.count();
    return bytes;
  }

  /** An id, a probability and a logit for each of the best; rank, probability and logit of those followed; a divergence. */
  private static long handedOut(LogitLens lens) {
    long bytes = (long) Integer.BYTES * lens.followed().length;
    for (LogitLens.Reading reading : lens.readings()) {
      bytes += 16L * reading.top().size() + Double.BYTES;
      bytes += (long) Integer.BYTES * reading.ranks().length + (long) Double.BYTES * reading.probabilities().length
          + (long) Float.BYTES * reading.logits().length;
    }
    return bytes;
  }

  /** What tokens to be followed would take if all but one, at each place, were one and the same. */
  private static long doubled(JourneyPlan plan, Journey journey) {
    LensPlan lens = plan.questions().lens();
    if (lens == null) return 0;
    long each = Integer.BYTES + 16L * (journey.config().layers() + 1);
    return journey.lenses().size() * each * (1 + lens.followed().stream().distinct().count());
  }

  /** In round numbers, by hand: 4 heads in each of 3 layers; position 4 sees 5 tokens. */
  @Test
  void aForecastByHand() {
    try (Model model = load("llama")) {
      long votes = 8L * (2 + 6 + 3 * (4 + 4));
      assertEquals(new Forecast(0, 4L * 112, votes, 0), plan(model).maxTokens(1).votes().forecast());
      long lens = 4 * 2 + 4 * (8 + 16 * (5 + 2));
      assertEquals(new Forecast(0, 4L * 112, votes + 8 * 8 * 5, lens), plan(model).maxTokens(1).why().forecast());
      assertEquals(4 * 112 + votes + 8 * 8 * 5 + lens, plan(model).maxTokens(1).why().run().bytes());
    }
  }

  @Test
  void whatIsAskedOfTheWrongModelIsRefusedBeforeItRuns() {
    try (Model model = load("llama")) {
      assertRefused("112", plan(model).votes(Contest.of(112)));
      assertRefused("113", plan(model).votes(Contest.between(1, 113)));
      assertRefused("114", plan(model).lens(LensPlan.atDecisions().following(2, 114)));
      assertRefused("lens: position 10 is not reached", plan(model).lens(LensPlan.at(Positions.of(2, 10))));
      plan(model).lens(LensPlan.at(Positions.of(2, 9))).run();
    }
  }

  private static void assertRefused(String named, JourneyPlan plan) {
    String message = assertThrows(InvalidArgumentException.class, plan::forecast).getMessage();
    assertTrue(message.contains(named), message);
    assertEquals(message, assertThrows(InvalidArgumentException.class,
        () -> plan.stream(_ -> assertTrue(false, "nothing is decided"))).getMessage());
  }

  /** Where a text has outgrown its rotary frequencies and passes again, a lens reads it again. */
  @Test
  void whatIsReadAgainTakesThePlaceOfWhatWasRead() {
    try (Model model = load("phi3-longrope-crossing")) {
      JourneyPlan plan = model.generate().ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).endTokens().maxTokens(25).journey()
          .lens(LensPlan.at(Positions.all()));
      Journey journey = plan.run();
      TokenJourney again = journey.tokens().stream().filter(token -> token.lenses().size() > 1).toList().getLast();
      assertTrue(again.index() > 0, "a text that passes again");
      assertArrayEquals(IntStream.range(0, 34).toArray(),
          journey.lenses().stream().mapToInt(LogitLens::position).toArray());
      assertEquals(again.lenses().get(3), journey.lenses().get(3));
      assertTrue(plan.forecast().bytes() >= journey.bytes());
    }
  }
}
