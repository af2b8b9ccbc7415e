package dev.sextant.report;

import dev.sextant.explain.Vectors;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.List;

/**
 * The plane in which rows of the residual stream move most: their first two principal components. Rows are brought to
 * length 1 first, since only directions are read off in the end. The first position is left out where there are others: in
 * many models its rows are like no others. Found by power iteration from a fixed start, in double precision.
 */
final class Plane {
  private static final int ITERATIONS = 60;
  /** More rows do not change the plane enough to be worth the time. */
  private static final int ROWS = 2000;

  private final double[] mean;
  private final double[] first;
  private final double[] second;
  private final double[] explained;

  private Plane(double[] mean, double[] first, double[] second, double[] explained) {
    this.mean = mean;
    this.first = first;
    this.second = second;
    this.explained = explained;
  }

  /** The plane of all rows on all positions' ways. */
  static Plane of(Material material) {
    List<double[]> rows = new ArrayList<>();
    int from = material.length() > 1 ? 1 : 0;
    int each = 2 * material.config().layers() + 1;
    int step = 1 + (material.length() - from) * each / ROWS;
    for (int position = from; position < material.length(); position += step) rows.addAll(way(material, position));
    return of(rows);
  }

  /** The plane of these rows of equal length. */
  static Plane of(List<double[]> rows) {
    double[] mean = new double[rows.getFirst().length];
    for (double[] row : rows) add(mean, row, 1.0 / rows.size());
    List<double[]> moved = rows.stream().map(row -> {
      double[] copy = row.clone();
      add(copy, mean, -1);
      return copy;
    }).toList();
    double all = moved.stream().mapToDouble(row -> dot(row, row)).sum();
    double[] first = direction(moved, new double[mean.length]);
    double[] second = direction(moved, first);
    double[] explained = {share(moved, first, all), share(moved, second, all)};
    return new Plane(mean, first, second, explained);
  }

  /** The row before the first layer, then behind attention and behind the MLP of each layer, each of length 1. */
  static List<double[]> way(Material material, int position) {
    List<double[]> way = new ArrayList<>();
    way.add(unit(material.residual(0, position)));
    for (int layer = 0; layer < material.config().layers(); layer++) {
      float[] middle = material.residual(layer, position);
      float[] write = material.row(Station.ATTENTION_WRITE, layer, position);
      for (int i = 0; i < middle.length; i++) middle[i] += write[i];
      way.add(unit(middle));
      way.add(unit(material.residual(layer + 1, position)));
    }
    return way;
  }

  /** The shares, in [0, 1], of all squared distances from the mean that the two axes show. */
  double[] explained() {
    return explained.clone();
  }

  /** Where a row stands: [2]. */
  double[] place(double[] row) {
    double[] moved = row.clone();
    add(moved, mean, -1);
    return new double[] {dot(moved, first), dot(moved, second)};
  }

  /** The direction of largest spread at a right angle to another one; zero if there is no spread. */
  private static double[] direction(List<double[]> rows, double[] other) {
    double[] direction = new double[other.length];
    for (int i = 0; i < direction.length; i++) direction[i] = Math.cos(i); // any start that is at no right angle will do
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] next = new double[direction.length];
      for (double[] row : rows) add(next, row, dot(row, direction));
      add(next, other, -dot(next, other));
      double length = Math.sqrt(dot(next, next));
      if (length < 1e-12) return new double[other.length];
      for (int i = 0; i < next.length; i++) direction[i] = next[i] / length;
    }
    return direction;
  }

  private static double share(List<double[]> rows, double[] direction, double all) {
    if (all == 0) return 0;
    return rows.stream().mapToDouble(row -> dot(row, direction) * dot(row, direction)).sum() / all;
  }

  private static double[] unit(float[] row) {
    double norm = Math.max(Vectors.norm(row), Double.MIN_NORMAL);
    double[] unit = new double[row.length];
    for (int i = 0; i < row.length; i++) unit[i] = row[i] / norm;
    return unit;
  }

  private static void add(double[] sum, double[] row, double factor) {
    for (int i = 0; i < sum.length; i++) sum[i] += factor * row[i];
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }
}
