package dev.sextant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sextant.explain.LensPlan;
import dev.sextant.explain.Neurons;
import dev.sextant.explain.Part;
import dev.sextant.explain.Pca;
import dev.sextant.explain.ResidualPath;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Votes;
import dev.sextant.report.TextOptions;
import dev.sextant.report.VotesTable;
import dev.sextant.report.text.Style;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Selection;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What callers may not pass is refused at once, by its name. */
class ArgumentsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/models/llama");

  private static void assertNull(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static void assertSays(String message, Executable call) {
    assertEquals(message, assertThrows(InvalidArgumentException.class, call).getMessage());
  }

  @Test
  @SuppressWarnings("NullAway")
  void nothing() {
    LoadOptions options = LoadOptions.defaults();
    assertNull("weights", () -> options.withWeights(null));
    assertNull("cache", () -> options.withCache(null));
    assertNull("progress", () -> options.withProgress(null));
    assertNull("limits", () -> options.withLimits(null));
    assertNull("family", () -> options.withFamily(null));
    assertNull("positions", () -> Selection.ALL.withPositions(null));
    assertNull("positions", () -> LensPlan.at(null));
    assertNull("style", () -> new TextOptions(null, List.of(), 1));
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      assertNull("progress", () -> session.append(new int[] {1}, null));
      assertNull("progress", () -> model.save(FOLDER, null));
      assertNull("progress", () -> Damage.between(model, model, new int[] {1, 2}, null));
      assertNull("listener", () -> model.generate().ids(1).run(null));
      assertNull("listener", () -> model.journey().ids(1).stream(null));
    }
  }

  @Test
  void placesOfAJourney() {
    try (Model model = Model.load(FOLDER); Session session = model.session()) {
      WhyThisToken why = model.journey().ids(1, 2, 3).why().run().tokens().getFirst().why();
      assertEquals("", why.textAt(2));
      assertSays("position is 3; it must lie in [0, 3)", () -> why.textAt(3));
      assertSays("position is -1; it must lie in [0, 3)", () -> why.textAt(-1));
      assertSays("position is 3; it must lie in [0, 3)", () -> why.looks().getFirst().vote(3));
      ResidualPath path = ResidualPath.of(model, new int[] {1, 2}, 1);
      assertSays("position is 2; it must lie in [0, 2)", () -> ResidualPath.of(model, new int[] {1, 2}, 2));
      assertSays("index is 4; it must lie in [0, 4)", () -> path.point(4));
      assertSays("tokens is -1; it must not be negative", () -> session.cacheBytes(-1));
      Votes votes = why.votes();
      assertSays("count is -1; it must not be negative", () -> votes.strongestFor(-1));
      assertSays("count is -1; it must not be negative", () -> votes.strongestAgainst(-1));
      assertSays("count is -1; it must not be negative", () -> VotesTable.of(votes, -1, Style.PLAIN));
      assertEquals(List.of(), votes.strongestFor(0));
    }
  }

  @Test
  void placesOfAnswers() {
    Sources sources = new Sources(new Part.Head(0, 0), new float[] {1}, new float[] {2});
    assertSays("position is 1; it must lie in [0, 1)", () -> sources.vote(1));
    assertSays("position is -1; it must lie in [0, 1)", () -> sources.probability(-1));
    assertSays("count is -1; it must not be negative", () -> sources.strongest(-1));
    assertSays("count is -1; it must not be negative", () -> sources.mostLookedAt(-1));
    Neurons neurons = new Neurons(0, -1, 0, new float[] {1});
    assertSays("neuron is 1; it must lie in [0, 1)", () -> neurons.vote(1));
    assertSays("count is -1; it must not be negative", () -> neurons.strongest(-1));
    Pca pca = Pca.of(List.of(new float[] {1, 0}, new float[] {0, 1}), 1);
    assertSays("index is 1; it must lie in [0, 1)", () -> pca.direction(1));
    assertSays("index is 1; it must lie in [0, 1)", () -> pca.share(1));
    assertSays("point is 2; it must lie in [0, 2)", () -> pca.coordinates(2));
  }

  @Test
  void placesOfRows() {
    LiveRows live = new LiveRows(0, 1, 2, new float[] {1, 2});
    assertSays("row is 1; it must lie in [0, 1)", () -> live.get(1, 0));
    assertSays("column is 2; it must lie in [0, 2)", () -> live.get(0, 2));
    assertSays("row is -1; it must lie in [0, 1)", () -> live.copyRow(-1));
    CapturedRows rows = new CapturedRows(Station.EMBEDDING, 0, new int[0], new int[] {0}, new float[][] {{1, 2}});
    assertSays("into has 2 numbers; the row has 2, which must fit from 1 on", () -> rows.copyRow(0, new float[2], 1));
  }
}
