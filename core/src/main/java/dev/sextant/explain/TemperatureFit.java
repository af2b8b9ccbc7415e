package dev.sextant.explain;

import java.util.Arrays;

/**
 * Finds the temperature with the least mean surprisal without keeping logits. With b = 1 / temperature the surprisal of a
 * token y, log sum exp(b z) - b z_y, is convex in b: it and its first two derivatives are summed at {@value #NODES} values
 * of b; the least lies where the first derivative changes its sign. Between two nodes the mean is taken for the polynomial of
 * the fifth degree that has their values and derivatives, which is right to some 1e-7 nats.
 */
final class TemperatureFit {
  /** b = 1/8, 2/8 .. 3: temperatures from 8 down to 1/3. */
  private static final int NODES = 24;
  private static final double STEP = 0.125;
  private static final int ONE = 7; // where b is 1
  private static final int TILE = 256;
  private static final int HALVINGS = 60;

  /** Sums over all predictions, at each node: surprisal, its first and its second derivative by b. */
  private final double[] losses = new double[NODES];
  private final double[] slopes = new double[NODES];
  private final double[] bends = new double[NODES];
  private long count;

  /** For one prediction, at each node: the sums of exp(b d), d exp(b d), d² exp(b d), where d is logit less highest. */
  private final double[] zeroth = new double[NODES];
  private final double[] first = new double[NODES];
  private final double[] second = new double[NODES];
  private final double[] differences = new double[TILE];
  private final double[] factors = new double[TILE];
  private final double[] powers = new double[TILE];

  /** One prediction, and the token that came. */
  void add(float[] logits, int id) {
    double highest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) highest = Math.max(highest, logit);
    Arrays.fill(zeroth, 0);
    Arrays.fill(first, 0);
    Arrays.fill(second, 0);
    for (int from = 0; from < logits.length; from += TILE) {
      addTile(prepare(logits, from, Math.min(from + TILE, logits.length), highest));
    }
    double own = logits[id] - highest;
    for (int k = 0; k < NODES; k++) {
      double mean = first[k] / zeroth[k];
      losses[k] += Math.log(zeroth[k]) - b(k) * own;
      slopes[k] += mean - own;
      bends[k] += second[k] / zeroth[k] - mean * mean;
    }
    count++;
  }

  private static double b(int node) {
    return STEP * (node + 1);
  }

  /** Differences to the highest logit, and e to them times STEP, of those that count; how many do. */
  private int prepare(float[] logits, int from, int to, double highest) {
    int n = 0;
    for (int i = from; i < to; i++) {
      double difference = logits[i] - highest;
      double factor = Math.exp(STEP * difference);
      if (factor == 0) continue; // masked, or nothing at every node
      differences[n] = difference;
      factors[n++] = factor;
    }
    return n;
  }

  /** At each node the powers are those at the one before times the factors: one call of exp for all. */
  private void addTile(int n) {
    Arrays.fill(powers, 0, n, 1);
    for (int k = 0; k < NODES; k++) {
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      for (int i = 0; i < n; i++) {
        double power = powers[i] * factors[i];
        double times = power * differences[i];
        powers[i] = power;
        s0 += power;
        s1 += times;
        s2 += times * differences[i];
      }
      zeroth[k] += s0;
      first[k] += s1;
      second[k] += s2;
    }
  }

  Calibration.Fit result() {
    if (!Double.isFinite(losses[ONE])) return new Calibration.Fit(Double.NaN, Double.POSITIVE_INFINITY);
    if (slopes[ONE] == 0) return new Calibration.Fit(1, losses[ONE] / count);
    int right = 0;
    while (right < NODES && slopes[right] < 0) right++;
    if (right == 0) return new Calibration.Fit(1 / b(0), losses[0] / count);
    if (right == NODES) return new Calibration.Fit(1 / b(NODES - 1), losses[NODES - 1] / count);
    return between(right - 1, right);
  }

  /** Halves the stretch between two nodes until the polynomial's slope is 0. */
  private Calibration.Fit between(int left, int right) {
    double[] c = polynomial(left, right);
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double t = (low + high) / 2;
      double slope = c[1] + t * (2 * c[2] + t * (3 * c[3] + t * (4 * c[4] + t * 5 * c[5])));
      if (slope < 0) low = t;
      else high = t;
    }
    double t = (low + high) / 2;
    double loss = c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))));
    return new Calibration.Fit(1 / (b(left) + t * STEP), loss / count);
  }

  /** The coefficients by powers of t, from 0 at the left node to 1 at the right one. */
  private double[] polynomial(int left, int right) {
    double rise = losses[right] - losses[left];
    double g0 = STEP * slopes[left];
    double g1 = STEP * slopes[right];
    double s0 = STEP * STEP * bends[left];
    double s1 = STEP * STEP * bends[right];
    return new double[] {losses[left], g0, s0 / 2, 10 * rise - 6 * g0 - 4 * g1 - (3 * s0 - s1) / 2,
      -15 * rise + 8 * g0 + 7 * g1 + (3 * s0 - 2 * s1) / 2, 6 * rise - 3 * (g0 + g1) - (s0 - s1) / 2};
  }
}
