package dev.sextant.explain;

import dev.sextant.Distribution;
import dev.sextant.InvalidArgumentException;
import dev.sextant.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects predictions, one by one, into a {@link Calibration}, and keeps none. For one thread at a time. */
public final class Calibrator implements Consumer<Prediction> {
  private static final int MOST = 1000;

  private final double temperature;
  private final long[] counts;
  private final long[] hits;
  private final double[] confidences;
  private final TemperatureFit fit = new TemperatureFit();
  private double loss;

  /**
   * @param bins how many, from 1 to 1000
   * @param temperature that confidence is measured at; positive
   */
  public Calibrator(int bins, double temperature) {
    if (bins < 1 || bins > MOST) {
      throw new InvalidArgumentException("bins is " + bins + "; it must lie in [1, " + MOST + "]");
    }
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new InvalidArgumentException("temperature is " + temperature + "; it must be positive and finite");
    }
    this.temperature = temperature;
    counts = new long[bins];
    hits = new long[bins];
    confidences = new double[bins];
  }

  @Override
  public void accept(Prediction prediction) {
    Distribution distribution = prediction.distribution();
    if (distribution.temperature() != temperature) distribution = distribution.withTemperature(temperature);
    int choice = distribution.argmax();
    double confidence = distribution.probability(choice);
    int bin = Math.clamp((int) Math.ceil(confidence * counts.length) - 1, 0, counts.length - 1);
    counts[bin]++;
    confidences[bin] += confidence;
    if (choice == prediction.id()) hits[bin]++;
    loss += distribution.surprisal(prediction.id());
    fit.add(distribution.logits(), prediction.id());
  }

  /** What was collected so far: at least one prediction. */
  public Calibration result() {
    long count = 0;
    long right = 0;
    double confidence = 0;
    double error = 0;
    List<Calibration.Bin> bins = new ArrayList<>(counts.length);
    for (int i = 0; i < counts.length; i++) {
      bins.add(new Calibration.Bin((double) i / counts.length, (i + 1.0) / counts.length, counts[i],
          confidences[i] / counts[i], (double) hits[i] / counts[i]));
      count += counts[i];
      right += hits[i];
      confidence += confidences[i];
      error += Math.abs(hits[i] - confidences[i]); // count times |accuracy - confidence|
    }
    if (count == 0) throw new InvalidArgumentException("no prediction was collected; at least one is needed");
    return new Calibration(bins, count, (double) right / count, confidence / count, error / count, temperature,
        loss / count, fit.result());
  }
}
