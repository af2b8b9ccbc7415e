package dev.sextant.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  private static final float MASK = Float.NEGATIVE_INFINITY;

  private static Prediction prediction(int id, double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) logits[i] = (float) Math.log(probabilities[i]);
    return new Prediction(1, id, Distribution.of(logits));
  }

  @Test
  void theTableByHand() {
    Calibrator calibrator = new Calibrator(10, 1);
    calibrator.accept(prediction(0, 0.85, 0.15)); // right
    calibrator.accept(prediction(0, 0.15, 0.85)); // wrong
    calibrator.accept(prediction(2, 0.3, 0.3, 0.4)); // right, though unsure
    calibrator.accept(prediction(0, 1, 0)); // certain, right
    Calibration found = calibrator.result();
    assertEquals(4, found.count());
    assertEquals(0.75, found.accuracy());
    assertEquals((0.85 + 0.85 + 0.4 + 1) / 4, found.confidence(), 1e-7);
    assertEquals((2 * 0.35 + 0.6 + 0) / 4, found.expectedError(), 1e-7);
    assertEquals(-(Math.log(0.85) + Math.log(0.15) + Math.log(0.4)) / 4, found.loss(), 1e-7);
    assertEquals(2, found.bins().get(8).count());
    assertEquals(0.5, found.bins().get(8).accuracy());
    assertEquals(0.85, found.bins().get(8).confidence(), 1e-7);
    assertEquals(1, found.bins().get(9).count());
    assertEquals(0.8, found.bins().get(8).from());
    assertEquals(0.9, found.bins().get(8).to());
    assertTrue(Double.isNaN(found.bins().get(0).accuracy()));
  }

  /** Tokens drawn from softmax(logits / t): the fit must find t, as well as its sample allows. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.8, 1, 1.7, 3})
  void findsTheTemperatureThatTokensWereDrawnAt(double temperature) {
    Calibration found = calibrated(temperature, 20_000, 30, 1);
    assertEquals(temperature, found.fit().temperature(), 0.06 * temperature);
    assertTrue(found.fit().loss() <= found.loss());
    Calibration mended = calibrated(temperature, 20_000, 30, found.fit().temperature());
    assertEquals(found.fit().loss(), mended.loss(), 1e-6);
    assertTrue(mended.expectedError() < 0.02, "" + mended.expectedError());
    assertTrue(mended.expectedError() <= found.expectedError() + 0.01);
  }

  private static Calibration calibrated(double temperature, int count, int vocabulary, double measuredAt) {
    Random random = new Random(12);
    Calibrator calibrator = new Calibrator(10, measuredAt);
    for (int i = 0; i < count; i++) {
      Distribution said = Distribution.of(logits(random, vocabulary));
      calibrator.accept(new Prediction(i + 1, said.withTemperature(temperature).sample(random), said));
    }
    return calibrator.result();
  }

  private static float[] logits(Random random, int n) {
    float[] logits = new float[n];
    for (int i = 0; i < n; i++) logits[i] = (float) (random.nextGaussian() * 3);
    return logits;
  }

  /** Against a search that keeps all logits. */
  @Test
  void theFitIsTheLeastOfAll() {
    Random random = new Random(5);
    for (int round = 0; round < 12; round++) {
      List<Prediction> kept = new ArrayList<>();
      Calibrator calibrator = new Calibrator(5, 1);
      double drawnAt = 0.4 + 2 * random.nextDouble();
      for (int i = 0; i < 300; i++) {
        Distribution said = Distribution.of(logits(random, 300)); // more than one tile
        kept.add(new Prediction(i + 1, said.withTemperature(drawnAt).sample(random), said));
        calibrator.accept(kept.getLast());
      }
      double low = 1 / 3.0;
      double high = 8;
      while (high - low > 1e-6) { // closer, the losses no longer differ
        double a = high - (high - low) * 0.618;
        double b = low + (high - low) * 0.618;
        if (loss(kept, a) < loss(kept, b)) high = b;
        else low = a;
      }
      Calibration.Fit fit = calibrator.result().fit();
      assertEquals(low, fit.temperature(), 2e-4 * low);
      assertEquals(loss(kept, low), fit.loss(), 1e-7);
    }
  }

  private static double loss(List<Prediction> kept, double temperature) {
    return kept.stream().mapToDouble(p -> p.distribution().withTemperature(temperature).surprisal(p.id())).average()
        .orElseThrow();
  }

  @Test
  void boundsAndNoDifference() {
    assertEquals(1, fit(prediction(2, 0.25, 0.25, 0.25, 0.25)).temperature(), "all alike");
    assertEquals(1 / 3.0, fit(prediction(1, 0.1, 0.9)).temperature(), "always right: the colder the better");
    assertEquals(8, fit(prediction(0, 0.1, 0.9)).temperature(), "always wrong: the hotter the better");
    assertEquals(1, fit(prediction(0, 1)).temperature(), "one token");
    assertEquals(0, fit(prediction(0, 1)).loss());
    Calibration.Fit impossible = fit(new Prediction(1, 0, Distribution.of(new float[] {MASK, 0})));
    assertTrue(Double.isNaN(impossible.temperature()) && impossible.loss() == Double.POSITIVE_INFINITY);
    Calibration.Fit masked = fit(new Prediction(1, 1, Distribution.of(new float[] {MASK, 0, 1, -3e38f})));
    assertTrue(masked.temperature() == 8 && Double.isFinite(masked.loss()));
  }

  private static Calibration.Fit fit(Prediction prediction) {
    Calibrator calibrator = new Calibrator(10, 1);
    calibrator.accept(prediction);
    return calibrator.result().fit();
  }

  @Test
  void rangesAreChecked() {
    assertThrows(InvalidArgumentException.class, () -> new Calibrator(0, 1));
    assertThrows(InvalidArgumentException.class, () -> new Calibrator(1001, 1));
    assertThrows(InvalidArgumentException.class, () -> new Calibrator(10, 0));
    assertThrows(InvalidArgumentException.class, () -> new Calibrator(10, Double.NaN));
    assertThrows(InvalidArgumentException.class, () -> new Calibrator(10, 1).result());
  }
}
