package dev.sextant.explain;

import dev.sextant.forward.Room;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Rows;
import dev.sextant.numeric.Ranking;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of all tokens in one space. The lengths of the rows are computed on first use and kept: 8 bytes per token.
 * Safe for any number of threads.
 */
final class TokenRows {
  /** Rows decoded together. */
  private static final int PIECE = 256;
  /**
   * So many more candidates than asked for are compared in double precision: the kernels' single precision, and Q4's
   * rounding of the vector to 8 bits, may rank close ones otherwise.
   */
  private static final int MARGIN = 64;

  private final Room room;
  private final TokenSpace space;
  private volatile double @Nullable [] norms;

  TokenRows(Room room, TokenSpace space) {
    this.room = room;
    this.space = space;
  }

  /** The vector of a token. */
  float[] row(int id) {
    return room.enter((weights, engine) -> decoded(space.matrix(weights), engine, id).data().clone());
  }

  private static Rows decoded(Matrix matrix, Engine engine, int... ids) {
    Rows rows = new Rows(matrix.columns());
    engine.gather(matrix, ids, 0, ids.length, rows);
    return rows;
  }

  /** The similarity to every token, as the kernels compute it [vocabulary]. */
  double[] similarities(float[] vector, Similarity similarity) {
    return room.enter((weights, engine) -> similarities(space.matrix(weights), engine, vector, similarity));
  }

  private double[] similarities(Matrix matrix, Engine engine, float[] vector, Similarity similarity) {
    Rows x = new Rows(vector.length).resize(1);
    System.arraycopy(vector, 0, x.data(), 0, vector.length);
    Rows dots = new Rows(matrix.rows());
    engine.multiply(matrix, null, x, dots);
    double[] similarities = new double[matrix.rows()];
    double[] lengths = similarity == Similarity.COSINE ? norms(matrix, engine) : null;
    double length = Vectors.norm(vector);
    for (int id = 0; id < similarities.length; id++) {
      similarities[id] = lengths == null ? dots.data()[id] : cosine(dots.data()[id], length, lengths[id]);
    }
    return similarities;
  }

  private static double cosine(double dot, double a, double b) {
    if (b == 0) return 0;
    double cosine = dot / a / b;
    return Double.isNaN(cosine) ? Double.NaN : Math.clamp(cosine, -1, 1);
  }

  private double[] norms(Matrix matrix, Engine engine) {
    double[] known = norms;
    if (known != null) return known;
    double[] computed = new double[matrix.rows()];
    for (int from = 0; from < computed.length; from += PIECE) {
      room.check();
      int[] ids = IntStream.range(from, Math.min(from + PIECE, computed.length)).toArray();
      Rows rows = decoded(matrix, engine, ids);
      for (int i = 0; i < ids.length; i++) computed[ids[i]] = norm(rows, i);
    }
    return norms = computed; // two threads may both compute them, with the same result
  }

  private static double norm(Rows rows, int row) {
    double sum = 0;
    for (int i = rows.at(row); i < rows.at(row + 1); i++) sum += (double) rows.data()[i] * rows.data()[i];
    return Math.sqrt(sum);
  }

  /** The k most similar tokens, the nearest first; their similarity in double precision. */
  List<Neighbour> nearest(float[] vector, Similarity similarity, int k) {
    return room.enter((weights, engine) -> {
      Matrix matrix = space.matrix(weights);
      double[] rough = similarities(matrix, engine, vector, similarity);
      int[] candidates = Ranking.largest(rough.length, id -> rough[id], k == 0 ? 0 : (int) Math.min((long) k + MARGIN,
          rough.length));
      Arrays.sort(candidates); // of equals the lower id first
      double[] exact = exact(decoded(matrix, engine, candidates), vector, similarity);
      return Arrays.stream(Ranking.largest(exact.length, i -> exact[i], k))
          .mapToObj(i -> new Neighbour(candidates[i], room.textOf(candidates[i]), exact[i])).toList();
    });
  }

  private static double[] exact(Rows rows, float[] vector, Similarity similarity) {
    double length = Vectors.norm(vector);
    double[] exact = new double[rows.rows()];
    for (int i = 0; i < exact.length; i++) {
      double dot = Vectors.dot(rows.data(), rows.at(i), vector);
      exact[i] = similarity == Similarity.DOT ? dot : cosine(dot, length, norm(rows, i));
    }
    return exact;
  }
}
