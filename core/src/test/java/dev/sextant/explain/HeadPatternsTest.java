package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Station;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Head patterns from attention made by hand, and from models. */
class HeadPatternsTest {
  /** Where one head looks from a position: a row of weights that add up to 1. */
  private interface Head {
    float[] row(int position);
  }

  private static final int[] TEXT = {7, 8, 9, 7, 8, 9, 9};

  private static ModelConfig config(int layers, int heads) {
    return new ModelConfig("made", 10, 4, layers, heads, heads, 2, 4, 16, List.of());
  }

  private static float[] only(int position, int at) {
    float[] row = new float[position + 1];
    row[at] = 1;
    return row;
  }

  /** Feeds rows in pieces, one layer. */
  private static HeadPatterns seen(int piece, int[] text, Head... heads) {
    HeadPatternCollector collector = new HeadPatternCollector(config(1, heads.length), 3);
    collector.begin(text);
    for (int from = 0; from < text.length; from += piece) {
      int to = Math.min(from + piece, text.length);
      float[] data = new float[(to - from) * heads.length * to];
      for (int t = from; t < to; t++) {
        for (int h = 0; h < heads.length; h++) {
          System.arraycopy(heads[h].row(t), 0, data, ((t - from) * heads.length + h) * to, t + 1);
        }
      }
      collector.at(Station.PROBABILITIES, 0, new LiveRows(from, (to - from) * heads.length, to, data));
    }
    return collector.result();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void pureHeadsScoreOneEach(int piece) {
    HeadPatterns found = seen(piece, TEXT,
        t -> only(t, 0),
        t -> only(t, Math.max(0, t - 1)),
        t -> only(t, t < 3 ? t : t == 6 ? 5 : t - 3), // the same token before
        t -> only(t, t < 3 ? t : t == 6 ? 3 : t - 2)); // the token behind it
    assertEquals(6, found.tokens());
    HeadPattern first = found.get(0, 0);
    assertEquals(1, first.firstToken());
    assertEquals(1 / 6.0, first.previousToken(), 1e-12, "from position 1 the first is the one before");
    HeadPattern previous = found.get(0, 1);
    assertEquals(1, previous.previousToken());
    assertEquals(1 / 6.0, previous.firstToken(), 1e-12);
    assertEquals(1 / 4.0, previous.duplicateToken(), 1e-12, "only the last token stands behind its like");
    assertEquals(1, found.get(0, 2).duplicateToken());
    assertEquals(0, found.get(0, 2).induction(), 1e-12);
    assertEquals(1, found.get(0, 3).induction());
    assertEquals(0, found.get(0, 3).duplicateToken(), 1e-12);
    for (HeadPattern head : found.all()) assertEquals(0, head.entropy());
    assertEquals(1, previous.distance().mean(), 1e-12);
    assertEquals(1, previous.distance().at(1));
    assertEquals(0, previous.distance().at(0));
    assertEquals(List.of(previous), found.strongest(HeadPattern::previousToken, 1));
  }

  @Test
  void anEvenHeadByHand() {
    HeadPatterns found = seen(4, new int[] {1, 1, 2, 1}, t -> {
      float[] row = new float[t + 1];
      Arrays.fill(row, 1f / (t + 1));
      return row;
    });
    HeadPattern head = found.get(0, 0);
    assertEquals((Math.log(2) + Math.log(3) + Math.log(4)) / 3, head.entropy(), 1e-6);
    assertEquals((1 / 2.0 + 1 / 3.0 + 1 / 4.0) / 3, head.firstToken(), 1e-6);
    assertEquals((1 / 2.0 + 1 / 3.0 + 1 / 4.0) / 3, head.previousToken(), 1e-6);
    assertEquals((1 / 2.0 + 2 / 4.0) / 2, head.duplicateToken(), 1e-6);
    assertEquals(2 / 4.0, head.induction(), 1e-6, "behind both; at position 1 only the token itself is behind");
    assertEquals((0.5 + 1 + 1.5) / 3, head.distance().mean(), 1e-6);
    assertEquals((1 / 2.0 + 1 / 3.0 + 1 / 4.0) / 3, head.distance().at(0), 1e-6);
    assertEquals((1 / 3.0 + 1 / 4.0) / 2, head.distance().at(2), 1e-6);
    assertEquals(1 / 4.0 / 3, head.distance().farther(), 1e-6);
    assertEquals(3, head.distance().reach());
  }

  @Test
  void aTextWithoutRepetitionGivesNoOccasion() {
    HeadPattern head = seen(2, new int[] {1, 2, 3}, t -> only(t, 0)).get(0, 0);
    assertTrue(Double.isNaN(head.induction()) && Double.isNaN(head.duplicateToken()));
    HeadPatterns two = seen(1, new int[] {5, 5}, t -> only(t, 0));
    assertEquals(1, two.get(0, 0).duplicateToken());
    assertTrue(Double.isNaN(two.get(0, 0).induction()));
    assertTrue(Double.isNaN(two.get(0, 0).distance().at(2)), "no token has two before it");
    assertEquals(List.of(), two.strongest(HeadPattern::induction, 5));
    assertTrue(Double.isNaN(seen(1, new int[] {5}, t -> only(t, 0)).get(0, 0).entropy()), "nobody looked");
  }

  @Test
  void textsAddUpAndPositionsCountOnce() {
    HeadPatternCollector collector = new HeadPatternCollector(config(1, 1), 4);
    for (int text = 0; text < 3; text++) {
      collector.begin(new int[] {1, 2});
      for (int again = 0; again < 2; again++) {
        collector.at(Station.PROBABILITIES, 0, new LiveRows(0, 2, 2, new float[] {1, 0, 0.25f, 0.75f}));
      }
      collector.at(Station.EMBEDDING, 0, new LiveRows(0, 2, 1, new float[2]));
    }
    assertEquals(3, collector.result().tokens());
    assertEquals(0.25, collector.result().get(0, 0).firstToken());
    Exception e = assertThrows(InvalidArgumentException.class,
        () -> collector.at(Station.PROBABILITIES, 0, new LiveRows(2, 1, 3, new float[3])));
    assertTrue(e.getMessage().contains("position 2") && e.getMessage().contains("2 tokens"), e.getMessage());
  }

  @Test
  void ofAModelWhateverTheWindow() {
    Path folder = Path.of("src/test/resources/golden/models/llama");
    int[] ids = new int[90];
    for (int i = 0; i < ids.length; i++) ids[i] = (i * i + 3 * i) % 40;
    try (Model model = Model.load(folder, LoadOptions.defaults().withThreads(1))) {
      HeadPatterns whole = HeadPatterns.of(model, ids);
      assertEquals(89, whole.tokens());
      assertEquals(12, whole.all().size());
      for (HeadPattern head : whole.all()) {
        double sum = head.distance().farther();
        assertTrue(head.entropy() > 0 && head.entropy() < Math.log(90));
        assertEquals(0, sum, "the text is shorter than the reach");
        assertTrue(head.firstToken() > 0 && head.previousToken() > 0 && head.induction() < 1);
      }
      HeadPatterns cut = HeadPatterns.of(model, ids, 40);
      assertEquals(39 + 39 + 9, cut.tokens());
      assertThrows(InvalidArgumentException.class, () -> HeadPatterns.of(model, 1));
      assertThrows(InvalidArgumentException.class, () -> HeadPatterns.of(model, ids, 129));
      assertThrows(InvalidArgumentException.class, () -> HeadPatterns.of(model, ids, 1));
      assertThrows(InvalidArgumentException.class, () -> HeadPatterns.of(model, 1, 112));
      assertThrows(InvalidArgumentException.class, () -> whole.get(3, 0));
      assertThrows(InvalidArgumentException.class, () -> whole.get(0, 4));
      assertThrows(InvalidArgumentException.class, () -> whole.strongest(HeadPattern::entropy, -1));
      assertThrows(InvalidArgumentException.class, () -> whole.all().getFirst().distance().at(HeadPatterns.REACH));
    }
  }
}
