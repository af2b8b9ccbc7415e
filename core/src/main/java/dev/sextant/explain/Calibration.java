package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Scoring;
import java.util.List;

/**
 * Whether a model is as often right as it is sure, over a text: of the places where it gives its first choice a probability
 * of 0.8, that choice should come in 8 of 10 (Guo et al., "On Calibration of Modern Neural Networks", arXiv:1706.04599).
 *
 * @param bins the reliability table: places sorted by the probability of the first choice into bins of equal width
 * @param count how many places
 * @param accuracy the share of places where the first choice came, in 0..1
 * @param confidence the mean probability of the first choice, in 0..1; above the accuracy: the model is too sure
 * @param expectedError the mean of |accuracy - confidence| over the bins, weighed by their counts (ECE), in 0..1
 * @param temperature that the distributions had
 * @param loss the mean surprisal at that temperature, in nats
 * @param fit the temperature that makes the text most probable
 */
public record Calibration(List<Bin> bins, long count, double accuracy, double confidence, double expectedError,
    double temperature, double loss, Fit fit) {

  /** Bins unless asked otherwise. */
  public static final int BINS = 10;

  public Calibration { bins = List.copyOf(bins); }

  /**
   * The places where the probability of the first choice lies in (from, to].
   *
   * @param count how many
   * @param confidence its mean probability; NaN without places
   * @param accuracy the share of places where it came; NaN without places
   */
  public record Bin(double from, double to, long count, double confidence, double accuracy) {}

  /**
   * The temperature with the least loss, the same for all places.
   *
   * @param temperature in [1/3, 8]: at a bound, the least loss may lie beyond; 1 where no temperature makes a difference,
   *     NaN where a token came that was impossible
   * @param loss the mean surprisal at it, in nats
   */
  public record Fit(double temperature, double loss) {}

  /** Over a text, at temperature 1, in ten bins. */
  public static Calibration of(Scoring text) {
    return of(text, BINS, 1);
  }

  /**
   * Over a text. Memory does not grow with it.
   *
   * @param bins how many, from 1 to 1000
   * @param temperature that confidence is measured at: after a fit, what it mended
   * @throws InvalidArgumentException as {@link Scoring#run()} does
   */
  public static Calibration of(Scoring text, int bins, double temperature) {
    Calibrator calibrator = new Calibrator(bins, temperature);
    text.run(calibrator);
    return calibrator.result();
  }
}
