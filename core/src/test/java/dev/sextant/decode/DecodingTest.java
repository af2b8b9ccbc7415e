package dev.sextant.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final double[] OUTSIDE_0_TO_1 = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY};

  @Test
  void settingsOutsideTheirRangeAreNamed() {
    Decoding base = Decoding.UNFILTERED;
    for (double bad : new double[] {-1, -1e-9, Double.NaN, Double.POSITIVE_INFINITY})
      assertNames("temperature", bad, base::withTemperature);
    for (double bad : OUTSIDE_0_TO_1) {
      assertNames("topP", bad, base::withTopP);
      assertNames("minP", bad, base::withMinP);
      assertNames("typicalP", bad, base::withTypicalP);
    }
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
      assertNames("repetitionPenalty", bad, base::withRepetitionPenalty);
    Exception e = assertThrows(InvalidArgumentException.class, () -> base.withTopK(-1));
    assertTrue(e.getMessage().contains("topK is -1"), e.getMessage());
  }

  @Test
  void eachWitherChangesItsOwnSetting() {
    Decoding all = Decoding.UNFILTERED.withTemperature(0.5).withTopK(7).withTopP(0.9).withMinP(0.05).withTypicalP(0.8)
        .withRepetitionPenalty(1.2);
    assertEquals(new Decoding(0.5, 7, 0.9, 0.05, 0.8, 1.2), all);
  }

  @Test
  void filtersThatAreOffDoNotRun() {
    assertEquals(List.of(), Decoding.UNFILTERED.filters());
    assertEquals(List.of(new Best()), Decoding.GREEDY.withTopP(0.5).withMinP(0.1).filters());
    assertTrue(Decoding.GREEDY.isGreedy());
    assertFalse(Decoding.UNFILTERED.isGreedy());
  }

  @Test
  void theOrderIsThatOfTransformers() {
    assertEquals(
        List.of(new RepetitionPenalty(1.2), new Temperature(0.5), new TopK(7), new TopP(0.9), new MinP(0.05),
            new Typical(0.8)),
        new Decoding(0.5, 7, 0.9, 0.05, 0.8, 1.2).filters());
  }

  private static void assertNames(String name, double bad, DoubleFunction<Decoding> with) {
    String message = assertThrows(InvalidArgumentException.class, () -> with.apply(bad)).getMessage();
    assertTrue(message.startsWith(name + " is " + bad + "; it must"), message);
  }

  /** At 0.01, differences of 10 are 1000: e to the minus that is 0. The filters behind cut only what could still come. */
  @Test
  void whatALowTemperatureMakesImpossibleNoFilterIsSaidToHaveCut() {
    float[] logits = new float[1000];
    Arrays.fill(logits, 10);
    Arrays.fill(logits, 0, 3, 20);
    Decoding decoding = Decoding.UNFILTERED.withTemperature(0.01).withTopK(1000).withTopP(0.5);
    assertEquals(List.of(new Cut("temperature", 0.01, 0, 0, 3), new Cut("top-k", 1000, 0, 0, 3)),
        decoding.cuts(logits, new int[0]).subList(0, 2));
    Cut topP = decoding.cuts(logits, new int[0]).getLast();
    assertEquals(1, topP.tokens());
    assertEquals(1 / 3.0, topP.mass(), 1e-12);
    assertEquals(2, topP.left());
    assertEquals(2, Decoder.seeded(decoding, 1).choose(logits, new History(1000)).candidates());
    Arrays.fill(logits, 0, 3, 2000);
    assertEquals(List.of(new Cut("top-k", 1000, 0, 0, 3)),
        Decoding.UNFILTERED.withTopK(1000).cuts(logits, new int[0]), "impossible without a temperature");
  }
}
