package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.decode.Cut;
import dev.sextant.decode.Decoding;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is captured, how much of it, and what is told of each token. */
class JourneyTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/models/llama");
  private static final Path WITH_TOKENIZER = Path.of("src/test/resources/cases/11-padded-vocabulary/padded");
  private static final int[] IDS = {7, 98, 97, 68, 22, 26, 28, 91, 51, 19, 23, 25, 8};
  private static Model model;

  @BeforeAll
  static void load() {
    model = Model.load(FOLDER);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static JourneyPlan plan() {
    return model.generate().ids(IDS).endTokens().maxTokens(6).journey();
  }

  @Test
  void onlyWhatIsAskedForIsKept() {
    Journey journey = plan().capture(Station.MIXED, Station.KEYS, Station.PROBABILITIES, Station.MLP_WRITE).layers(0, 2)
        .heads(1, 3).positions(Positions.of(4, 9, 15)).run();
    Journey all = plan().capture(CapturePlan.everything()).run();
    assertEquals(Set.of(Station.KEYS, Station.PROBABILITIES, Station.MIXED, Station.MLP_WRITE),
        journey.captured().stations());
    for (Station station : journey.captured().stations()) {
      assertEquals(List.of(0, 2), journey.captured().layers(station));
      assertArrayEquals(new int[] {4, 9, 15}, journey.at(station, 2).positions());
    }
    assertArrayEquals(new int[] {1, 3}, journey.at(Station.MIXED, 0).heads());
    assertArrayEquals(new int[] {0, 1}, journey.at(Station.KEYS, 0).heads()); // those that heads 1 and 3 read
    assertArrayEquals(all.at(Station.MIXED, 2).row(9, 3), journey.at(Station.MIXED, 2).row(9, 3));
    assertArrayEquals(all.at(Station.PROBABILITIES, 2).row(15, 1), journey.at(Station.PROBABILITIES, 2).row(15, 1));
    assertEquals(16, journey.at(Station.PROBABILITIES, 2).width(15));
    assertEquals(2 * 16, journey.at(Station.PROBABILITIES, 2).row(15).length);
    assertArrayEquals(all.at(Station.MLP_WRITE, 0).row(4), journey.at(Station.MLP_WRITE, 0).row(4));
    assertThrows(InvalidArgumentException.class, () -> journey.at(Station.MIXED, 1));
    assertThrows(InvalidArgumentException.class, () -> journey.at(Station.MIXED, 0).row(5));
    assertThrows(InvalidArgumentException.class, () -> journey.at(Station.MIXED, 0).row(4, 0));
  }

  @Test
  void theForecastIsWhatIsHeld() {
    List<JourneyPlan> plans = List.of(plan(), plan().maxTokens(0), plan().maxTokens(1).capture(Station.SCORES),
        plan().capture(CapturePlan.everything()), plan().maxTokens(0).capture(CapturePlan.everything()),
        plan().capture(Station.PROBABILITIES, Station.VALUES).heads(2).layers(1).positions(Positions.last()),
        plan().capture(CapturePlan.everything()).heads(0, 3).positions(Positions.of(1, 14)),
        plan().capture(Station.HEAD_WRITES, Station.EMBEDDING).positions(Positions.from(11)).layers(0));
    for (JourneyPlan plan : plans) {
      Journey journey = plan.run();
      assertEquals(plan.forecast().bytes(), journey.bytes());
      assertEquals(plan.forecast(), plan.forecast(IDS.length, journey.tokens().size()));
      long held = journey.tokens().stream().mapToLong(TokenJourney::bytes).sum();
      if (!journey.tokens().isEmpty()) assertEquals(held, journey.bytes());
    }
    assertEquals(new Forecast(0, 4L * 112 * 6, 0, 0), plan().forecast());
    assertEquals(4L * 3 * 4 * (13 * 14 / 2), plan().maxTokens(1).capture(Station.SCORES).forecast().capturedBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "gpt2", "gpt_neox", "mixtral", "qwen3_moe", "gemma2"})
  void theForecastIsRightForEveryFamily(String name) {
    try (Model other = Model.load(FOLDER.resolveSibling(name))) {
      JourneyPlan plan = other.generate().ids(1, 2, 3).endTokens().maxTokens(4).journey()
          .capture(CapturePlan.everything());
      assertEquals(plan.forecast().bytes(), plan.run().bytes());
    }
  }

  @Test
  void theContextEndsAForecastToo() {
    JourneyPlan plan = plan().maxTokens(500).capture(Station.MIXED);
    Journey journey = plan.run();
    assertEquals(StopReason.CONTEXT, journey.generation().stopReason());
    assertEquals(plan.forecast().bytes(), journey.bytes());
  }

  @Test
  void whatIsHandedOutIsACopy() {
    Journey journey = plan().capture(Station.MIXED).run();
    CapturedRows mixed = journey.at(Station.MIXED, 1);
    float[] row = mixed.row(3);
    Arrays.fill(mixed.row(3), Float.NaN);
    Arrays.fill(mixed.row(3, 1), Float.NaN);
    Arrays.fill(mixed.positions(), -1);
    Arrays.fill(mixed.heads(), -1);
    assertArrayEquals(row, mixed.row(3));
    TokenJourney token = journey.tokens().get(2);
    float[] logits = token.distribution().logits();
    Arrays.fill(token.distribution().logits(), Float.NaN);
    Arrays.fill(token.context(), -1);
    assertArrayEquals(logits, token.distribution().logits());
    assertArrayEquals(Arrays.copyOf(journey.ids(), IDS.length + 2), token.context());
    assertThrows(UnsupportedOperationException.class, () -> journey.tokens().clear());
  }

  @Test
  void eachTokenHasThePassThatDecidedIt() {
    Journey journey = plan().capture(Station.RESIDUAL_POST, Station.PROBABILITIES).run();
    Generation generation = model.generate().ids(IDS).endTokens().maxTokens(6).run();
    assertEquals(generation.tokens(), journey.generation().tokens());
    for (TokenJourney token : journey.tokens()) {
      assertEquals(IDS.length + token.index() - 1, token.position());
      CapturedRows rows = token.at(Station.RESIDUAL_POST, 2);
      assertEquals(token.index() == 0 ? IDS.length : 1, rows.positions().length);
      assertArrayEquals(model.lens(rows.row(token.position())).logits(), token.distribution().logits(), 1e-5f);
      assertArrayEquals(journey.at(Station.RESIDUAL_POST, 2).row(token.position()), rows.row(token.position()));
      assertEquals(token.distribution().top(2).get(1).id(), token.runnerUp().id());
    }
    assertEquals(IDS.length + 5, journey.at(Station.PROBABILITIES, 0).positions().length);
  }

  @Test
  void aPromptAloneIsAJourneyToo() {
    Journey journey = plan().maxTokens(0).capture(Station.LOGITS, Station.KEYS).run();
    assertEquals(List.of(), journey.tokens());
    assertEquals(StopReason.LENGTH, journey.generation().stopReason());
    assertArrayEquals(IDS, journey.ids());
    assertArrayEquals(model.nextTokenDistribution(IDS).logits(), journey.at(Station.LOGITS).row(12), 1e-5f);
    assertEquals(IDS.length, journey.at(Station.KEYS, 1).positions().length);
  }

  @Test
  void aPromptAlonePassesHoweverItIsAskedFor() {
    List<Integer> seen = new ArrayList<>();
    JourneyPlan prompt = model.generate().ids(IDS).maxTokens(0)
        .observe(Set.of(Station.EMBEDDING), (_, _, rows) -> seen.add(rows.rows())).journey();
    assertEquals(StopReason.LENGTH, prompt.stream(_ -> {}));
    assertEquals(List.of(IDS.length), seen);
    try (Stream<TokenJourney> tokens = prompt.stream()) {
      assertEquals(List.of(IDS.length), seen, "not before it is pulled");
      assertEquals(0, tokens.count());
    }
    assertEquals(List.of(IDS.length, IDS.length), seen);
    prompt.run();
    assertEquals(List.of(IDS.length, IDS.length, IDS.length), seen);
  }

  /** Where a text passes again because it has outgrown its rotary frequencies, the journey has the numbers of that pass. */
  @ParameterizedTest
  @ValueSource(strings = {"phi3-longrope-crossing", "llama-rope-dynamic"})
  void whatPassedAgainTakesThePlaceOfWhatWasThere(String name) {
    try (Model other = Model.load(FOLDER.resolveSibling(name))) {
      JourneyPlan plan = other.generate().ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).endTokens().maxTokens(25).journey()
          .capture(Station.KEYS, Station.PROBABILITIES);
      Journey journey = plan.run();
      CapturedRows keys = journey.at(Station.KEYS, 1);
      assertArrayEquals(IntStream.range(0, 34).toArray(), keys.positions());
      assertEquals(plan.forecast().bytes(), journey.bytes());
      assertTrue(name.startsWith("llama") || journey.tokens().stream()
          .anyMatch(token -> token.index() > 0 && token.at(Station.KEYS, 1).has(0)), "a text that passes again");
      TokenJourney last = journey.tokens().stream().filter(token -> token.at(Station.KEYS, 1).has(3)).toList()
          .getLast();
      assertArrayEquals(last.at(Station.KEYS, 1).row(3), keys.row(3));
    }
  }

  @Test
  void streamingTellsWhatRunningKeeps() {
    JourneyPlan plan = plan().capture(Station.MIXED).seed(5);
    Journey journey = plan.run();
    List<TokenJourney> heard = new ArrayList<>();
    assertEquals(StopReason.LENGTH, plan.stream(heard::add));
    try (Stream<TokenJourney> stream = plan.stream()) {
      Iterator<TokenJourney> pulled = stream.iterator();
      for (TokenJourney token : journey.tokens()) {
        TokenJourney other = pulled.next();
        assertEquals(token.token(), other.token());
        assertEquals(token.token(), heard.get(token.index()).token());
        assertArrayEquals(token.distribution().logits(), other.distribution().logits());
        assertArrayEquals(token.at(Station.MIXED, 1).row(token.position()),
            other.at(Station.MIXED, 1).row(token.position()));
        assertEquals(token.drawn(), heard.get(token.index()).drawn());
      }
      assertFalse(pulled.hasNext());
    }
  }

  /** Whatever the filters: of the distribution they leave, the number drawn points at the token. */
  @Test
  void aDrawCanBeRepeated() {
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      Decoding decoding = new Decoding(0.3 + 2 * random.nextDouble(), random.nextInt(3) * 20, 0.3 + random.nextDouble()
          * 0.7, random.nextDouble() * 0.05, 0.5 + random.nextDouble() / 2, 1 + random.nextDouble());
      for (TokenJourney token : plan().maxTokens(2).decoding(decoding).seed(i).run().tokens()) {
        double[] left = decoding.distribution(token.distribution().logits(), token.context());
        int id = 0;
        for (double sum = left[0]; sum <= token.drawn(); sum += left[id]) id++;
        assertEquals(id, token.id());
        assertEquals(left[id], token.probability(), 1e-12);
        assertCuts(token, left);
      }
    }
  }

  private static void assertCuts(TokenJourney token, double[] left) {
    List<Cut> cuts = token.cuts();
    int tokens = 112;
    double kept = 1;
    for (Cut cut : cuts) {
      assertEquals(tokens - cut.tokens(), cut.left());
      tokens = cut.left();
      kept *= 1 - cut.mass();
    }
    assertEquals(token.candidates(), tokens);
    assertEquals(Arrays.stream(left).filter(p -> p > 0).count(), tokens);
    Decoding rescored = Decoding.UNFILTERED.withTemperature(token.decoding().temperature())
        .withRepetitionPenalty(token.decoding().repetitionPenalty());
    double[] before = rescored.distribution(token.distribution().logits(), token.context());
    double mass = 0;
    for (int id = 0; id < left.length; id++) if (left[id] > 0) mass += before[id];
    assertEquals(mass, kept, 1e-12);
  }

  @Test
  void cutsAreToldInTheOrderTheFiltersWork() {
    TokenJourney token = plan().decoding(new Decoding(0.8, 20, 0.7, 0.1, 0.9, 1.1)).seed(1).run().tokens().getFirst();
    assertEquals(List.of("repetition penalty", "temperature", "top-k", "top-p", "min-p", "typical"),
        token.cuts().stream().map(Cut::filter).toList());
    assertEquals(List.of(1.1, 0.8, 20.0, 0.7, 0.1, 0.9), token.cuts().stream().map(Cut::setting).toList());
    assertEquals(92, token.cuts().get(2).tokens());
    TokenJourney greedy = plan().run().tokens().getFirst();
    assertEquals(1, greedy.cuts().size());
    assertEquals("greedy", greedy.cuts().getFirst().filter());
    assertEquals(1 - greedy.distribution().probability(greedy.id()), greedy.cuts().getFirst().mass(), 1e-12);
    assertTrue(Double.isNaN(greedy.drawn()));
    assertTrue(plan().seed(4).run().tokens().getFirst().cuts().isEmpty());
  }

  @Test
  void whatTheModelDoesNotHaveIsRefusedByName() {
    assertRefused("layer 3", plan().capture(Station.MIXED).layers(0, 3));
    assertRefused("head 4", plan().capture(Station.MIXED).heads(4));
    assertRefused("position 18", plan().capture(Station.MIXED).positions(Positions.of(2, 18)));
    plan().capture(Station.MIXED).positions(Positions.of(2, 17)).run();
    assertRefused("position 200", plan().maxTokens(500).capture(Station.MIXED).positions(Positions.from(200)));
    assertThrows(InvalidArgumentException.class, () -> plan().layers(1));
    assertThrows(InvalidArgumentException.class, () -> plan().capture(Station.MIXED).layers(-1));
    assertThrows(InvalidArgumentException.class, () -> plan().capture(Station.MIXED).heads());
    assertThrows(InvalidArgumentException.class, () -> plan().capture(Station.MIXED).capture(Station.MIXED));
    assertThrows(InvalidArgumentException.class, () -> Positions.of());
    assertThrows(InvalidArgumentException.class, () -> Positions.of(3, -1));
    assertThrows(InvalidArgumentException.class, () -> model.journey().run());
    assertThrows(InvalidArgumentException.class, () -> plan().forecast(0, 1));
  }

  private static void assertRefused(String named, JourneyPlan plan) {
    String message = assertThrows(InvalidArgumentException.class, plan::run).getMessage();
    assertTrue(message.contains(named), message);
    assertEquals(message, assertThrows(InvalidArgumentException.class, plan::forecast).getMessage());
  }

  @Test
  void aStationThatTheModelDoesNotPassGivesNothingAndSaysSo() {
    Journey journey = plan().capture(Station.ROUTER, Station.POSITION).run();
    assertEquals(Set.of(), journey.captured().stations());
    String message = assertThrows(InvalidArgumentException.class, () -> journey.at(Station.ROUTER, 0)).getMessage();
    assertTrue(message.contains("ROUTER"), message);
  }

  @Test
  void aListenerThatThrowsEndsTheRunAndNothingElse() {
    RuntimeException mine = new RuntimeException("mine");
    JourneyPlan plan = plan().capture(CapturePlan.everything());
    assertSame(mine, assertThrows(RuntimeException.class, () -> plan.stream(token -> {
      if (token.index() == 2) throw mine;
    })));
    assertArrayEquals(model.generate().ids(IDS).endTokens().maxTokens(6).run().ids(), plan.run().generation().ids());
  }

  @Test
  void anObserverThatThrowsAnywhereLeavesTheSessionAsItWas() {
    try (Session session = model.session().append(IDS)) {
      float[] before = session.distribution().logits();
      for (Station station : Station.values()) {
        RuntimeException mine = new RuntimeException(station.name());
        session.observe(Set.of(station), (_, layer, _) -> {
          if (layer == (station.isInBlock() ? 1 : 0)) throw mine;
        });
        if (passed(station)) assertSame(mine, assertThrows(RuntimeException.class, () -> session.append(3, 4)));
        session.observe(Set.of(), (_, _, _) -> {});
        session.truncate(IDS.length);
        assertArrayEquals(before, session.distribution().logits(), 1e-5f);
      }
      assertArrayEquals(model.nextTokenDistribution(Arrays.copyOf(IDS, 14)).logits(),
          session.append(0).distribution().logits(), 1e-5f);
    }
  }

  private static boolean passed(Station station) {
    return !Set.of(Station.POSITION, Station.ROUTER, Station.EXPERTS, Station.EXPERT_WEIGHTS).contains(station);
  }

  @Test
  void aJourneyKnowsWhatItWas() {
    try (Model speaking = Model.load(WITH_TOKENIZER)) {
      JourneyPlan plan = speaking.generate().prompt("the cat").topK(4).seed(2).maxTokens(3).endTokens().journey();
      Journey journey = plan.capture(Station.MLP_WRITE).run();
      assertTrue(speaking.hasTokenizer());
      assertEquals(speaking.config(), journey.config());
      assertEquals(4, journey.decoding().topK());
      assertEquals(Set.of(Station.MLP_WRITE), journey.capture().stations());
      for (TokenJourney token : journey.tokens())
        assertEquals(speaking.tokenizer().textOf(token.id()), token.text());
      assertEquals(journey.promptLength() + 3, journey.ids().length);
      assertTrue(journey.tokens().getFirst().candidates() <= 4);
    }
  }
}
