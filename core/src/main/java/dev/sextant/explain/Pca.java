package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.numeric.Checks;
import dev.sextant.numeric.LowRank;
import dev.sextant.numeric.SymmetricEigen;
import java.util.List;

/**
 * The directions in which some points spread most (principal component analysis, Pearson 1901): to draw vectors of many
 * numbers in a plane. Computed from the points' dot products, in double precision. The sign of a direction is the one in
 * which its largest number is positive, so that the same points always give the same picture. Immutable.
 */
public final class Pca {
  /** More would take long: time grows with the third power. */
  private static final int MOST = 1024;
  /** Variance below this share of the largest is rounding. */
  private static final double ROUNDING = 1e-12;

  private final double[] mean;
  private final double[][] directions;
  private final double[][] coordinates;
  private final double[] shares;

  private Pca(double[] mean, double[][] directions, double[][] coordinates, double[] shares) {
    this.mean = mean;
    this.directions = directions;
    this.coordinates = coordinates;
    this.shares = shares;
  }

  /**
   * Of these points.
   *
   * @param points 2 to 1024 vectors of the same length, finite
   * @param most how many directions, at least 1; there are fewer where the points do not spread in so many
   */
  public static Pca of(List<float[]> points, int most) {
    if (most < 1) throw new InvalidArgumentException("most is " + most + "; at least one direction must be wanted");
    if (points.size() < 2 || points.size() > MOST) {
      throw new InvalidArgumentException(points.size() + " points; they must be 2 to " + MOST);
    }
    double[] mean = mean(points);
    double[][] centred = new double[points.size()][];
    for (int p = 0; p < centred.length; p++) centred[p] = less(points.get(p), mean);
    SymmetricEigen eigen = SymmetricEigen.of(LowRank.gram(centred));
    double total = 0;
    for (double value : eigen.values()) total += Math.max(0, value);
    int count = 0;
    while (count < Math.min(most, centred.length) && eigen.values()[count] > ROUNDING * total) count++;
    double[][] directions = new double[count][];
    double[] shares = new double[count];
    for (int i = 0; i < count; i++) {
      directions[i] = direction(eigen, i, centred);
      shares[i] = eigen.values()[i] / total;
    }
    double[][] coordinates = new double[centred.length][];
    for (int p = 0; p < centred.length; p++) coordinates[p] = projected(centred[p], directions);
    return new Pca(mean, directions, coordinates, shares);
  }

  private static double[] direction(SymmetricEigen eigen, int i, double[][] centred) {
    double[] direction = LowRank.combined(eigen.vectors()[i], centred);
    double factor = LowRank.sign(direction) / Math.sqrt(eigen.values()[i]);
    for (int j = 0; j < direction.length; j++) direction[j] *= factor;
    return direction;
  }

  private static double[] mean(List<float[]> points) {
    double[] mean = new double[points.getFirst().length];
    for (float[] point : points) {
      if (point.length != mean.length) {
        throw new InvalidArgumentException(
            "points of " + mean.length + " and " + point.length + " numbers; they must be"
                + " of the same length");
      }
      for (int i = 0; i < mean.length; i++) mean[i] += point[i] / (double) points.size();
    }
    for (double x : mean) {
      if (!Double.isFinite(x)) throw new InvalidArgumentException("a point holds numbers that are not finite");
    }
    return mean;
  }

  private static double[] less(float[] point, double[] mean) {
    double[] less = new double[mean.length];
    for (int i = 0; i < mean.length; i++) less[i] = point[i] - mean[i];
    return less;
  }

  private static double[] projected(double[] centred, double[][] directions) {
    double[] projected = new double[directions.length];
    for (int d = 0; d < directions.length; d++) {
      for (int i = 0; i < centred.length; i++) projected[d] += centred[i] * directions[d][i];
    }
    return projected;
  }

  /** How many directions were found; 0 where all points are the same. */
  public int directions() {
    return directions.length;
  }

  /** A direction, of length 1, the one of the largest spread first; a copy. */
  public double[] direction(int index) {
    return directions[Checks.index("index", index, directions.length)].clone();
  }

  /** The share of the whole variance that lies along a direction, in 0..1. */
  public double share(int index) {
    return shares[Checks.index("index", index, shares.length)];
  }

  /** How many points there are. */
  public int points() {
    return coordinates.length;
  }

  /** Where a point lies, seen from the mean of all: a number for each direction; a copy. */
  public double[] coordinates(int point) {
    return coordinates[Checks.index("point", point, coordinates.length)].clone();
  }

  /** Where another vector would lie. */
  public double[] project(float[] vector) {
    if (vector.length != mean.length) {
      throw new InvalidArgumentException(
          "the vector has " + vector.length + " numbers, the points have " + mean.length);
    }
    return projected(less(vector, mean), directions);
  }
}
