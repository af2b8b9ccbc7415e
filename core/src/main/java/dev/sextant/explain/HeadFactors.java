package dev.sextant.explain;

import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.Layer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the factors of one head's circuits [head width, hidden], the linear part of the norms around them folded in. */
final class HeadFactors {
  /** Rows of W_O decoded together. */
  private static final int PIECE = 256;

  private final Layer layer;
  private final Engine engine;
  private final int width;
  private final int head;
  private final int keyValueHead;

  HeadFactors(Layer layer, Engine engine, int head) {
    AttentionShape shape = layer.plan().attention();
    this.layer = layer;
    this.engine = engine;
    this.head = head;
    width = shape.headWidth();
    keyValueHead = head / (shape.heads() / shape.keyValueHeads());
  }

  /** Rows of W_Q, times the scale of scores. */
  double[][] query() {
    double[][] query = projection(0, head);
    weigh(query, layer.attention().queryNorm(), head);
    for (double[] row : query) for (int i = 0; i < row.length; i++) row[i] *= layer.plan().attention().scale();
    return query;
  }

  /** Rows of W_K. */
  double[][] key() {
    double[][] key = projection(1, keyValueHead);
    weigh(key, layer.attention().keyNorm(), keyValueHead);
    return key;
  }

  /** Rows of W_V. */
  double[][] value() {
    return projection(2, keyValueHead);
  }

  /** Columns of W_O, turned to rows, times the weight of a norm behind it and the scale of writes. */
  double[][] output(double writeScale) {
    Matrix matrix = layer.attention().output().matrix();
    Norm after = layer.attentionNorms().after();
    double[][] columns = new double[width][matrix.rows()];
    for (int from = 0; from < matrix.rows(); from += PIECE) {
      Rows rows = decoded(matrix, from, Math.min(PIECE, matrix.rows() - from));
      for (int r = 0; r < rows.rows(); r++) {
        for (int i = 0; i < width; i++) columns[i][from + r] = writeScale * rows.data()[rows.at(r) + head * width + i];
      }
    }
    for (double[] column : columns) {
      if (after != null && after.kind() == Norm.Kind.LAYER) centre(column);
      if (after != null) for (int i = 0; i < column.length; i++) column[i] *= after.weight()[i];
    }
    return columns;
  }

  /** The rows of one head out of a projection, times the weight of the norm before it, less its mean where that goes. */
  private double[][] projection(int which, int ofHead) {
    Rows rows = decoded(layer.attention().queryKeyValue().matrices()[which], ofHead * width, width);
    Norm before = layer.attentionNorms().before();
    double[][] factor = new double[width][rows.width()];
    for (int r = 0; r < width; r++) {
      for (int i = 0; i < rows.width(); i++) {
        factor[r][i] = rows.data()[rows.at(r) + i] * (before == null ? 1.0 : before.weight()[i]);
      }
      if (before != null && before.kind() == Norm.Kind.LAYER) centre(factor[r]);
    }
    return factor;
  }

  /** The weights of a norm of heads, each feature's its own. */
  private void weigh(double[][] factor, @Nullable Norm norm, int ofHead) {
    if (norm == null) return;
    float[] weight = norm.weight();
    for (int r = 0; r < width; r++) {
      double own = weight[(ofHead * width + r) % weight.length];
      for (int i = 0; i < factor[r].length; i++) factor[r][i] *= own;
    }
  }

  private static void centre(double[] row) {
    double mean = 0;
    for (double x : row) mean += x / row.length;
    for (int i = 0; i < row.length; i++) row[i] -= mean;
  }

  private Rows decoded(Matrix matrix, int from, int count) {
    Rows rows = new Rows(matrix.columns());
    engine.gather(matrix, IntStream.range(from, from + count).toArray(), 0, count, rows);
    return rows;
  }
}
