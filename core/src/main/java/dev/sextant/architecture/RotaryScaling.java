package dev.sextant.architecture;

/**
 * How a family stretches rotary position to contexts longer than it was trained on: changes the frequencies
 * {@code theta^(-2i/width)}, and in some forms the length of the rotated vectors.
 */
sealed interface RotaryScaling {
  /** The frequency of one pair for a pass that ends at position {@code total - 1}, given the plain ones. */
  double frequency(int pair, double theta, double[] plain, int total);

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

  /** Whether keys made at one length of the text are of no use to tokens that make it as long as the other. */
  default boolean restart(int length, int total) {
    return false;
  }

  /** Plain rotary embedding (arXiv:2104.09864). */
  record None() implements RotaryScaling {
    @Override
    public double frequency(int pair, double theta, double[] plain, int total) {
      return plain[pair];
    }
  }

  /** Position interpolation (arXiv:2306.15595): all frequencies divided by the factor. */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public double frequency(int pair, double theta, double[] plain, int total) {
      return plain[pair] / factor;
    }
  }

  /**
   * Dynamic NTK: beyond the trained length the base grows with the length of the text so far. Keys that are cached keep
   * the rotation they got, so that beyond that length the numbers depend on how a text was cut into passes.
   */
  record Dynamic(double factor, int trained) implements RotaryScaling {
    @Override
    public double frequency(int pair, double theta, double[] plain, int total) {
      if (total <= trained) return plain[pair];
      double width = 2.0 * plain.length;
      double base = theta * Math.pow(factor * total / trained - (factor - 1), width / (width - 2));
      return Rotary.plain(base, pair, plain.length);
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
    public double frequency(int pair, double theta, double[] plain, int total) {
      double wavelength = 2 * Math.PI / plain[pair];
      double kept = Math.clamp((trained / wavelength - low) / (high - low), 0.0, 1.0);
      return (1 - kept) * plain[pair] / factor + kept * plain[pair];
    }
  }

  /** YaRN (arXiv:2309.00071): frequencies that turn often are kept, those that turn rarely divided, a ramp between. */
  record Yarn(double factor, double attentionFactor, double fast, double slow, boolean truncate, int trained)
      implements
        RotaryScaling {
    @Override
    public double frequency(int pair, double theta, double[] plain, int total) {
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
      double divided = Math.clamp((pair - low) / (high - low), 0.0, 1.0);
      return plain[pair] / factor * divided + plain[pair] * (1 - divided);
    }

    /** Which pair turns so often within the trained length. */
    private double pairTurning(double rotations, double theta, int width) {
      return width * Math.log(trained / (rotations * 2 * Math.PI)) / (2 * Math.log(theta));
    }
  }

  /**
   * LongRoPE (arXiv:2402.13753): a divisor for each pair, one list for texts of at most the trained length, another for
   * longer ones. A text that grows beyond it is computed again from its start.
   */
  record LongRope(double[] shortDivisors, double[] longDivisors, double attentionFactor, int trained)
      implements
        RotaryScaling {
    @Override
    public double frequency(int pair, double theta, double[] plain, int total) {
      return plain[pair] / (total > trained ? longDivisors : shortDivisors)[pair];
    }

    @Override
    public boolean dependsOnLength() {
      return true;
    }

    @Override
    public boolean restart(int length, int total) {
      return length > trained != total > trained;
    }
  }
}
