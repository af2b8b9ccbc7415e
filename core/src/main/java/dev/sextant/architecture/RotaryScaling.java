package dev.sextant.architecture;

/**
 * How a family stretches rotary position to contexts longer than it was trained on: changes the frequencies
 * {@code theta^(-2i/width)}, and in YaRN the length of the rotated vectors.
 */
sealed interface RotaryScaling {
  /** The frequencies of all pairs for a pass that ends at position {@code total - 1}, given the plain ones. */
  double[] frequencies(double theta, double[] plain, int total);

  /** What cosines and sines are multiplied with. */
  default double attentionFactor() {
    return 1;
  }

  /** The longest text a model trained on {@code positions} is meant for. */
  default int reach(int positions) {
    return positions;
  }

  /** Whether the frequencies depend on the length of the text. */
  default boolean dependsOnLength() {
    return false;
  }

  /** Plain rotary embedding (arXiv:2104.09864). */
  record None() implements RotaryScaling {
    @Override
    public double[] frequencies(double theta, double[] plain, int total) {
      return plain;
    }
  }

  /** Position interpolation (arXiv:2306.15595): all frequencies divided by the factor. */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public double[] frequencies(double theta, double[] plain, int total) {
      double[] scaled = new double[plain.length];
      for (int i = 0; i < plain.length; i++) scaled[i] = plain[i] / factor;
      return scaled;
    }
  }

  /**
   * Dynamic NTK: beyond the trained length the base grows with the length of the text so far. Keys that are cached keep
   * the rotation they got, so that beyond that length the numbers depend on how a text was cut into passes.
   */
  record Dynamic(double factor, int trained) implements RotaryScaling {
    @Override
    public double[] frequencies(double theta, double[] plain, int total) {
      if (total <= trained) return plain;
      double width = 2.0 * plain.length;
      double base = theta * Math.pow(factor * total / trained - (factor - 1), width / (width - 2));
      return Rotary.plain(base, plain.length);
    }

    @Override
    public int reach(int positions) {
      return (int) Math.clamp(positions * factor, positions, Integer.MAX_VALUE);
    }

    @Override
    public boolean dependsOnLength() {
      return true;
    }
  }

  /** Llama 3.1: long waves are divided by the factor, short ones kept, those between blended. */
  record Llama3(double factor, double low, double high, int trained) implements RotaryScaling {
    @Override
    public double[] frequencies(double theta, double[] plain, int total) {
      double[] scaled = new double[plain.length];
      for (int i = 0; i < plain.length; i++) {
        double wavelength = 2 * Math.PI / plain[i];
        double kept = Math.clamp((trained / wavelength - low) / (high - low), 0.0, 1.0);
        scaled[i] = (1 - kept) * plain[i] / factor + kept * plain[i];
      }
      return scaled;
    }
  }

  /** YaRN (arXiv:2309.00071): frequencies that turn often are kept, those that turn rarely divided, a ramp between. */
  record Yarn(double factor, double attentionFactor, double fast, double slow, boolean truncate, int trained)
      implements
        RotaryScaling {
    @Override
    public double[] frequencies(double theta, double[] plain, int total) {
      int width = 2 * plain.length;
      double low = pairTurning(fast, theta, width);
      double high = pairTurning(slow, theta, width);
      if (truncate) {
        low = Math.floor(low);
        high = Math.ceil(high);
      }
      low = Math.max(low, 0);
      high = Math.min(high, width - 1);
      if (low == high) high += 0.001;
      double[] scaled = new double[plain.length];
      for (int i = 0; i < plain.length; i++) {
        double divided = Math.clamp((i - low) / (high - low), 0.0, 1.0);
        scaled[i] = plain[i] / factor * divided + plain[i] * (1 - divided);
      }
      return scaled;
    }

    /** Which pair turns so often within the trained length. */
    private double pairTurning(double rotations, double theta, int width) {
      return width * Math.log(trained / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }
}
