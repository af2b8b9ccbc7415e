package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.numeric.Checks;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The way of one token's residual stream through a model: a point before the first block and one behind each block.
 * Immutable.
 */
public final class ResidualPath {
  private final List<float[]> points;

  private ResidualPath(List<float[]> points) {
    this.points = points;
  }

  /**
   * Of these points.
   *
   * @param points at least one, all of the same length and finite; copied
   */
  public static ResidualPath of(List<float[]> points) {
    if (points.isEmpty()) throw new InvalidArgumentException("a path has at least one point");
    int width = points.getFirst().length;
    List<float[]> copies = new ArrayList<>();
    for (float[] point : points) {
      if (point.length != width || !Double.isFinite(Vectors.norm(point))) {
        throw new InvalidArgumentException(
            "point " + copies.size() + " has " + point.length + " numbers; all points must"
                + " have " + width + ", and finite ones");
      }
      copies.add(point.clone());
    }
    return new ResidualPath(copies);
  }

  /**
   * The way of one token of a text, which passes the model for it.
   *
   * @param position in [0, ids.length)
   */
  public static ResidualPath of(Model model, int[] ids, int position) {
    Checks.index("position", position, ids.length);
    List<float[]> points = new ArrayList<>();
    try (Session session = model.session()) {
      session.observe(Set.of(Station.EMBEDDING, Station.RESIDUAL_POST), (_, _, rows) -> {
        int row = position - rows.firstPosition();
        if (row >= 0 && row < rows.rows()) points.add(rows.copyRow(row));
      });
      session.append(Arrays.copyOf(ids, position + 1)); // tokens behind it change nothing
    }
    return of(points);
  }

  /**
   * The way of one token of a journey that has captured it.
   *
   * @throws InvalidArgumentException if EMBEDDING and, in every layer, RESIDUAL_POST were not captured at this position
   */
  public static ResidualPath of(Journey journey, int position) {
    List<float[]> points = new ArrayList<>();
    points.add(journey.at(Station.EMBEDDING).row(position));
    for (int layer = 0; layer < journey.config().layers(); layer++) {
      points.add(journey.at(Station.RESIDUAL_POST, layer).row(position));
    }
    return of(points);
  }

  /** How many points there are: one more than blocks. */
  public int length() {
    return points.size();
  }

  /** A point, a copy, in [0, length()): 0 before the first block, l + 1 behind block l. */
  public float[] point(int index) {
    return points.get(Checks.index("index", index, points.size())).clone();
  }

  /** How far each point is from the origin [length]. */
  public double[] norms() {
    return each(Vectors::norm);
  }

  /** The cosine of each point and a direction, such as a row of the unembedding [length]. */
  public double[] cosines(float[] direction) {
    return each(point -> Vectors.cosine(point, direction));
  }

  /** The angle between each point and the next, in degrees: how far a block turns the stream [length - 1]. */
  public double[] angles() {
    double[] angles = new double[length() - 1];
    Arrays.setAll(angles, i -> Vectors.angle(points.get(i), points.get(i + 1)));
    return angles;
  }

  /** How far each block moves the stream: the length of the difference of successive points [length - 1]. */
  public double[] stepLengths() {
    double[] lengths = new double[length() - 1];
    Arrays.setAll(lengths, i -> Vectors.norm(step(i)));
    return lengths;
  }

  /**
   * How far each block moves the stream along a direction, such as a row of the unembedding: positive towards it [length -
   * 1]. Together with where the first point lies they add up to where the last one does.
   */
  public double[] steps(float[] direction) {
    double[] steps = new double[length() - 1];
    Arrays.setAll(steps, i -> Vectors.along(step(i), direction));
    return steps;
  }

  /** The share that a vector, such as that of the position, has in each point: see {@link Vectors#share} [length]. */
  public double[] shares(float[] part) {
    return each(point -> Vectors.share(part, point));
  }

  /** The plane, or so, in which the path moves most: see {@link Pca}. */
  public Pca pca(int directions) {
    return Pca.of(points, directions);
  }

  private float[] step(int index) {
    return Vectors.difference(points.get(index + 1), points.get(index));
  }

  private double[] each(ToDoubleFunction<float[]> measure) {
    return points.stream().mapToDouble(measure).toArray();
  }
}
