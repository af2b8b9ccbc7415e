package dev.sextant.report;

import dev.sextant.explain.Pca;
import dev.sextant.explain.Vectors;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plane in which rows of the residual stream move most. Rows are brought to length 1 first, since only directions are read
 * off in the end. The first position is left out where there are others: in many models its rows are like no others.
 */
final class Plane {
  /** More rows hardly change the plane, and take long. */
  private static final int ROWS = 240;

  private final Pca pca;

  private Plane(Pca pca) {
    this.pca = pca;
  }

  /** The plane of rows taken evenly from all positions' ways. */
  static Plane of(Material material) {
    int from = material.length() > 1 ? 1 : 0;
    int each = 2 * material.config().layers() + 1;
    int all = (material.length() - from) * each;
    int step = 1 + all / ROWS;
    List<float[]> rows = new ArrayList<>();
    for (int position = from; position < material.length(); position++) {
      List<float[]> way = way(material, position);
      for (int i = 0; i < each; i++) if (((position - from) * each + i) % step == 0) rows.add(way.get(i));
    }
    return new Plane(Pca.of(rows, 2));
  }

  /** The row before the first layer, then behind attention and behind the MLP of each layer, each of length 1. */
  static List<float[]> way(Material material, int position) {
    List<float[]> way = new ArrayList<>();
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

  /** The shares, in [0, 1], of the rows' variance that the two axes show. */
  double[] explained() {
    return new double[] {pca.directions() > 0 ? pca.share(0) : 0, pca.directions() > 1 ? pca.share(1) : 0};
  }

  /** Where a row stands: [2]. */
  double[] place(float[] row) {
    return Arrays.copyOf(pca.project(row), 2);
  }

  /** How a direction, brought to length 1, is seen: an arrow, not a place [2]. At most as long as 1. */
  double[] arrow(float[] direction) {
    double[] origin = pca.project(new float[direction.length]);
    double[] tip = pca.project(unit(direction));
    double[] arrow = new double[2];
    for (int i = 0; i < origin.length; i++) arrow[i] = tip[i] - origin[i];
    return arrow;
  }

  private static float[] unit(float[] row) {
    double norm = Math.max(Vectors.norm(row), Double.MIN_NORMAL);
    for (int i = 0; i < row.length; i++) row[i] = (float) (row[i] / norm);
    return row;
  }
}
