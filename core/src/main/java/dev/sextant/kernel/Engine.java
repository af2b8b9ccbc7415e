package dev.sextant.kernel;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One session's arithmetic on rows of activations. Not thread-safe; reuses its buffers. */
public final class Engine {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Copies the rows {@code ids[from .. from+count-1]} of the embedding into {@code into}. */
  public void gather(Matrix embedding, int[] ids, int from, int count, Rows into) {
    into.resize(count);
    for (int t = 0; t < count; t++) {
      for (int c = 0; c < embedding.columns(); c++)
        into.data()[into.at(t) + c] = weight(embedding, ids[from + t], c);
    }
  }

  /** y = x Wᵀ + b: x [tokens, columns], y [tokens, rows]. */
  public void multiply(Matrix w, float @Nullable [] bias, Rows x, Rows y) {
    y.resize(x.rows());
    for (int t = 0; t < x.rows(); t++) {
      for (int r = 0; r < w.rows(); r++) {
        double sum = 0;
        for (int c = 0; c < w.columns(); c++) sum += (double) weight(w, r, c) * x.data()[x.at(t) + c];
        y.data()[y.at(t) + r] = (float) (bias == null ? sum : sum + bias[r]);
      }
    }
  }

  /** y = norm(x), each row in pieces of the norm's length. y may be x. */
  public void normalize(Norm norm, Rows x, Rows y) {
    y.resize(x.rows());
    int n = norm.weight().length;
    for (int at = 0; at < x.rows() * x.width(); at += n) {
      double mean = 0;
      if (norm.kind() == Norm.Kind.LAYER) {
        for (int i = 0; i < n; i++) mean += x.data()[at + i];
        mean /= n;
      }
      double square = 0;
      for (int i = 0; i < n; i++) square += (x.data()[at + i] - mean) * (x.data()[at + i] - mean);
      double scale = 1 / Math.sqrt(square / n + norm.epsilon());
      for (int i = 0; i < n; i++) {
        double v = (x.data()[at + i] - mean) * scale * norm.weight()[i];
        y.data()[at + i] = (float) (norm.bias() == null ? v : v + norm.bias()[i]);
      }
    }
  }

  /** Rotates, in place, the first 2 · pairs features of every head of each row: feature i with feature i + pairs. */
  public void rotate(Rows x, int headWidth, RotaryTable table) {
    for (int t = 0; t < x.rows(); t++) {
      for (int at = x.at(t); at < x.at(t + 1); at += headWidth) {
        for (int i = 0; i < table.pairs(); i++) {
          float cos = table.cos()[t * table.pairs() + i];
          float sin = table.sin()[t * table.pairs() + i];
          float a = x.data()[at + i];
          float b = x.data()[at + i + table.pairs()];
          x.data()[at + i] = a * cos - b * sin;
          x.data()[at + i + table.pairs()] = b * cos + a * sin;
        }
      }
    }
  }

  /**
   * Mixes the values each query's head attends to. The queries [tokens, heads · headWidth] are those of the cache's last
   * positions; mixed has the same shape.
   *
   * @param probabilities if not null, receives the attention probabilities [tokens · heads, cache length], 0 where masked
   */
  public void attend(AttentionShape shape, Rows query, KeyValues cache, Rows mixed, @Nullable Rows probabilities) {
    mixed.resize(query.rows());
    int length = cache.length();
    int first = length - query.rows();
    if (probabilities != null) probabilities.resize(query.rows() * shape.heads());
    double[] p = new double[length];
    for (int t = 0; t < query.rows(); t++) {
      for (int h = 0; h < shape.heads(); h++) {
        int kv = h / (shape.heads() / shape.keyValueHeads());
        int q = query.at(t) + h * shape.headWidth();
        int to = first + t + 1;
        int from = Math.max(0, to - shape.window());
        double max = Double.NEGATIVE_INFINITY;
        for (int s = from; s < to; s++) {
          double score = 0;
          for (int i = 0; i < shape.headWidth(); i++) score += (double) query.data()[q + i] * cache.key(s, kv, i);
          score *= shape.scale();
          if (shape.softCap() > 0) score = shape.softCap() * Math.tanh(score / shape.softCap());
          p[s] = score;
          max = Math.max(max, score);
        }
        double sum = 0;
        for (int s = from; s < to; s++) sum += p[s] = Math.exp(p[s] - max);
        for (int i = 0; i < shape.headWidth(); i++) {
          double v = 0;
          for (int s = from; s < to; s++) v += p[s] / sum * cache.value(s, kv, i);
          mixed.data()[q + i] = (float) v;
        }
        if (probabilities != null) {
          for (int s = 0; s < length; s++)
            probabilities.data()[probabilities.at(t * shape.heads() + h) + s] = s >= from && s < to
                ? (float) (p[s] / sum) : 0;
        }
      }
    }
  }

  /** x = f(x), or f(x) · up where a gate is used. */
  public void activate(Activation f, Rows x, @Nullable Rows up) {
    for (int i = 0; i < x.rows() * x.width(); i++) {
      double v = x.data()[i];
      double y = switch (f) {
        case SILU -> v / (1 + Math.exp(-v));
        case GELU_TANH -> 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
        case GELU -> throw new UnsupportedOperationException();
        case RELU -> Math.max(0, v);
      };
      x.data()[i] = (float) (up == null ? y : y * up.data()[i]);
    }
  }

  /** into += x. */
  public void add(Rows x, Rows into) {
    for (int i = 0; i < x.rows() * x.width(); i++) into.data()[i] += x.data()[i];
  }

  /** x *= factor. */
  public void scale(Rows x, float factor) {
    for (int i = 0; i < x.rows() * x.width(); i++) x.data()[i] *= factor;
  }

  private static float weight(Matrix w, int row, int column) {
    long i = (long) row * w.columns() + column;
    return switch (w) {
      case Matrix.F32 m -> m.data().getAtIndex(FLOAT, i);
      case Matrix.BF16 m -> Float.intBitsToFloat(m.data().getAtIndex(SHORT, i) << 16);
      case Matrix.F16 m -> Float.float16ToFloat(m.data().getAtIndex(SHORT, i));
    };
  }
}
