package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.WeightFormat;
import dev.sextant.trace.Change;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JourneyDiffTest {
  private static final float INFINITY = Float.POSITIVE_INFINITY;
  private static final int[] PROMPT = {3, 14, 15, 92, 65, 35, 8};
  private static final Model MODEL = load("llama", WeightFormat.AS_STORED);

  private static Model load(String name, WeightFormat format) {
    return Model.load(Path.of("src/test/resources/golden/models").resolve(name),
        LoadOptions.defaults().withThreads(1).withWeights(format));
  }

  @AfterAll
  static void close() {
    MODEL.close();
  }

  private static Journey journey(Model model, int tokens, int... ids) {
    return model.journey().ids(ids).maxTokens(tokens)
        .capture(Station.EMBEDDING, Station.RESIDUAL_POST, Station.MLP_WRITE, Station.PROBABILITIES, Station.FINAL_NORM)
        .votes(Contest.between(5, 7)).run();
  }

  @Test
  void gapsByHand() {
    Gap gap = gap(new float[] {3, 4}, new float[] {3, 0});
    assertEquals(4, gap.distance());
    assertEquals(0.8, gap.relative());
    assertEquals(2, gap(new float[] {1, 0}, new float[] {-1, 0}).relative());
    assertEquals(0, gap(new float[2], new float[2]).relative());
    assertEquals(1, gap(new float[2], new float[] {0, 9}).relative());
    assertEquals(0, gap(new float[] {-INFINITY, 1}, new float[] {-INFINITY, 1}).distance());
    assertEquals(1, gap(new float[] {-INFINITY, 1}, new float[] {-INFINITY, 0}).distance());
    assertEquals(INFINITY, gap(new float[] {-INFINITY, 1}, new float[] {0, 1}).distance());
    assertEquals(INFINITY, gap(new float[] {Float.NaN}, new float[] {0}).relative());
    assertEquals(0, gap(new float[] {Float.NaN}, new float[] {Float.NaN}).relative());
  }

  private static Gap gap(float[] a, float[] b) {
    return Gap.between(a, b, Station.EMBEDDING, 0, 0);
  }

  @Test
  void aJourneyDoesNotPartFromItself() {
    Journey journey = journey(MODEL, 3, PROMPT);
    JourneyDiff diff = JourneyDiff.of(journey, journey(MODEL, 2, PROMPT), 0);
    assertTrue(diff.parting().isEmpty());
    assertTrue(diff.gaps().stream().allMatch(gap -> gap.distance() == 0));
    assertEquals(List.of(new TokenGap(0, journey.tokens().get(0).id(), journey.tokens().get(0).id(), 0, 0),
        new TokenGap(1, journey.tokens().get(1).id(), journey.tokens().get(1).id(), 0, 0)), diff.tokens());
    assertEquals(List.of(), diff.turnedVotes(1));
    assertEquals((1 + 3 * 3 + 1) * 8, diff.gaps().size(), "the last decided token does not pass");
  }

  @Test
  void anotherTokenPartsAtItsEmbeddingAndLaterElsewhere() {
    int[] other = PROMPT.clone();
    other[4] = 66;
    Journey a = journey(MODEL, 1, PROMPT);
    Journey b = journey(MODEL, 1, other);
    JourneyDiff diff = JourneyDiff.of(a, b);
    Gap first = diff.parting().orElseThrow();
    assertEquals(Station.EMBEDDING, first.station());
    assertEquals(4, first.position());
    for (int before = 0; before < 4; before++) assertTrue(diff.parting(before).isEmpty(), "nothing looks ahead");
    Gap later = diff.parting(6).orElseThrow();
    assertEquals(0, later.layer());
    assertEquals(Station.PROBABILITIES, later.station(), "attention is the first that sees another token");
    List<Gap> layers = diff.byLayer(Station.RESIDUAL_POST, 6);
    assertEquals(List.of(0, 1, 2), layers.stream().map(Gap::layer).toList());
    assertEquals(Station.FINAL_NORM, diff.gaps().getLast().station());
    TokenGap token = diff.tokens().getFirst();
    assertEquals(a.tokens().getFirst().distribution().klDivergence(b.tokens().getFirst().distribution()),
        token.klDivergence());
    assertTrue(token.klDivergence() > 0 && token.jsDivergence() < Math.log(2));
    assertEquals(token.idA() == token.idB(), token.isSame());
  }

  @Test
  void votesThatTurnedAreThoseThatChangedSides() {
    int[] other = PROMPT.clone();
    other[5] = 1;
    Journey a = journey(MODEL, 1, PROMPT);
    Journey b = journey(MODEL, 1, other);
    Votes before = a.tokens().getFirst().votes();
    Votes after = b.tokens().getFirst().votes();
    List<VoteChange> changes = JourneyDiff.voteChanges(before, after);
    assertEquals(before.all().size(), changes.size());
    assertEquals(after.sum() - before.sum(), changes.stream().mapToDouble(VoteChange::change).sum(), 1e-9);
    List<VoteChange> turned = JourneyDiff.of(a, b).turnedVotes(0);
    assertTrue(!turned.isEmpty());
    for (VoteChange change : turned) assertTrue(change.before() * change.after() < 0);
    assertEquals(changes.stream().filter(change -> change.before() * change.after() < 0).toList(), turned);
    for (int i = 1; i < changes.size(); i++) {
      assertTrue(Math.abs(changes.get(i - 1).change()) >= Math.abs(changes.get(i).change()));
    }
  }

  @Test
  void precisionsPartALittle() {
    try (Model rounded = load("llama", WeightFormat.Q8)) {
      JourneyDiff diff = JourneyDiff.of(journey(MODEL, 1, PROMPT), journey(rounded, 1, PROMPT));
      assertTrue(diff.parting().orElseThrow().relative() < 0.05);
      assertTrue(diff.tokens().getFirst().klDivergence() < 0.01);
      assertTrue(JourneyDiff.of(journey(MODEL, 1, PROMPT), journey(rounded, 1, PROMPT), 0.5).parting().isEmpty());
    }
  }

  @Test
  void aChangePartsWhereItIsMade() {
    Journey plain = journey(MODEL, 1, PROMPT);
    Journey changed = MODEL.journey().ids(PROMPT).maxTokens(1).capture(Station.MLP_WRITE, Station.RESIDUAL_POST)
        .change(Change.zero(Station.MLP_WRITE).layers(1)).run();
    Gap first = JourneyDiff.of(plain, changed).parting().orElseThrow();
    assertEquals(Station.MLP_WRITE, first.station());
    assertEquals(1, first.layer());
    assertEquals(1, first.relative());
  }

  @Test
  void whatCannotBeComparedIsSaid() {
    Journey journey = journey(MODEL, 1, PROMPT);
    assertSays("7 and 2 tokens", () -> JourneyDiff.of(journey, journey(MODEL, 1, 1, 2)));
    assertSays("tolerance is -1", () -> JourneyDiff.of(journey, journey, -1));
    assertSays("tolerance is NaN", () -> JourneyDiff.of(journey, journey, Double.NaN));
    assertSays("index is 1", () -> JourneyDiff.of(journey, journey).turnedVotes(1));
    Journey oneHead = MODEL.journey().ids(PROMPT).capture(Station.PROBABILITIES).heads(1).run();
    assertSays("different heads", () -> JourneyDiff.of(journey, oneHead));
    Journey ofOthers = MODEL.journey().ids(PROMPT).votes(Contest.between(7, 5)).run();
    assertSays("for token 5 against 7, and for 7 against 5", () -> JourneyDiff.of(journey, ofOthers).turnedVotes(0));
    try (Model gpt2 = load("gpt2", WeightFormat.AS_STORED)) {
      assertSays("32 and 30 numbers", () -> JourneyDiff.of(journey, journey(gpt2, 1, PROMPT)));
      assertSays("over 97 tokens, this one over 112", () -> JourneyDiff.of(journey, gpt2.journey().ids(PROMPT).run()));
    }
  }

  private static void assertSays(String part, Runnable action) {
    String message = assertThrows(InvalidArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
