package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Model;
import dev.sextant.forward.Room;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.numeric.Checks;
import dev.sextant.numeric.LowRank;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The space that a model's vectors live in: which tokens are near a vector, what directions speak for a token. Vectors have
 * the model's hidden size. Immutable and safe for any number of threads; works while its model is open.
 */
public final class Geometry {
  private final Room room;
  private final int hidden;
  private final int vocabulary;
  private final TokenRows embedding;
  private final TokenRows unembedding;

  private Geometry(Room room) {
    this.room = room;
    hidden = room.blueprint().sizes().hidden();
    vocabulary = room.blueprint().sizes().vocabulary();
    embedding = new TokenRows(room, TokenSpace.EMBEDDING);
    unembedding = new TokenRows(room, TokenSpace.UNEMBEDDING);
  }

  /** The space of this model. Keep it: the lengths of all rows are computed once. */
  public static Geometry of(Model model) {
    return new Geometry(model.room());
  }

  /**
   * The vector of a token [hidden].
   *
   * @param id in [0, vocabularySize)
   */
  public float[] vector(int id, TokenSpace space) {
    return in(space).row(checked(id));
  }

  /**
   * The direction that speaks for token a and against token b at the end [hidden]: the difference of their rows of the
   * unembedding. Behind the final norm, its dot product is the difference of their logits, biases, scale and cap aside.
   */
  public float[] difference(int a, int b) {
    return Vectors.difference(vector(a, TokenSpace.UNEMBEDDING), vector(b, TokenSpace.UNEMBEDDING));
  }

  /**
   * The direction in which the residual stream behind the last block says a token [hidden]: its row of the unembedding,
   * carried back through the weights of the final norm, without its mean where that norm takes the mean out. The dot product
   * of this with the stream, divided by what the norm divides by, is the logit; biases, scale of logits and cap aside.
   *
   * @param id in [0, vocabularySize)
   */
  public float[] logitDirection(int id) {
    float[] row = vector(id, TokenSpace.UNEMBEDDING);
    return room.enter((weights, _) -> {
      Norm norm = weights.finalNorm();
      double mean = 0;
      for (int i = 0; i < hidden; i++) mean += (double) norm.weight()[i] * row[i] / hidden;
      for (int i = 0; i < hidden; i++) {
        row[i] = (float) ((double) norm.weight()[i] * row[i] - (norm.kind() == Norm.Kind.LAYER ? mean : 0));
      }
      return row;
    });
  }

  /**
   * The tokens most similar to a vector, the nearest first and of equals the lowest id first. Every row of the vocabulary is
   * compared, by the kernels; the similarities of those returned are in double precision. Rows that hold numbers that are
   * not finite are left out.
   *
   * <p>Where weights have 4 bits, the comparison rounds the vector to 8 bits first, so a neighbour at the very edge may be
   * missed.
   *
   * @param vector finite and, for cosines, not zero [hidden]
   * @param k how many, at least 0; the whole vocabulary when larger
   */
  public List<Neighbour> nearest(float[] vector, TokenSpace space, Similarity similarity, int k) {
    Checks.count("k", k);
    return in(space).nearest(checked(vector, similarity), similarity, k);
  }

  /**
   * The tokens nearest to another one, by the cosine of their rows; itself left out.
   *
   * @param k how many, at least 0
   */
  public List<Neighbour> neighbours(int id, TokenSpace space, int k) {
    Checks.count("k", k);
    int more = (int) Math.min((long) k + 1, vocabulary);
    return nearest(vector(id, space), space, Similarity.COSINE, more).stream().filter(other -> other.id() != id)
        .limit(k)
        .toList();
  }

  /** The similarity of a vector to every token [vocabulary], in the single precision of the kernels. */
  public double[] similarities(float[] vector, TokenSpace space, Similarity similarity) {
    return in(space).similarities(checked(vector, similarity), similarity);
  }

  /**
   * What a learned position adds to the residual stream [hidden]; zeros where positions are rotary. Its share in a point:
   * {@link Vectors#share}.
   *
   * @param position in [0, context) of the learned table
   */
  public float[] position(int position) {
    return room.enter((weights, engine) -> {
      Matrix table = weights.position();
      Checks.index("position", position, table == null ? Integer.MAX_VALUE : table.rows());
      Rows row = new Rows(hidden).resize(1);
      if (table != null) engine.gather(table, new int[] {position}, 0, 1, row);
      return row.data().clone();
    });
  }

  /**
   * What a head carries from a token it looks at to the token that looks: the directions of W_O W_V that it carries most
   * strongly (the OV circuit; Elhage et al., "A Mathematical Framework for Transformer Circuits", 2021). Read {@link
   * CircuitDirection#there} against the embedding, {@link CircuitDirection#here} against the unembedding. The weights of
   * norms before and behind are folded in, means taken out where they do that; their scales and all biases are left out.
   *
   * @param k how many, at least 0; there are no more than the head is wide
   */
  public List<CircuitDirection> outputValueCircuit(int layer, int head, int k) {
    double writeScale = room.blueprint().stream().writeScale();
    return strongest(k, layer, head, factors -> LowRank.singular(factors.output(writeScale), factors.value()));
  }

  /**
   * What makes a head look: the directions of W_Qᵀ W_K, times the scale of scores, in which a token that looks and a token
   * looked at go best together (the QK circuit). Read both ends against the embedding. As for a token that looks at its own
   * place, where a rotation changes nothing; norms are treated as in {@link #outputValueCircuit}, the weights of norms of
   * queries and keys folded in.
   *
   * @param k how many, at least 0; there are no more than the head is wide
   */
  public List<CircuitDirection> queryKeyCircuit(int layer, int head, int k) {
    return strongest(k, layer, head, factors -> LowRank.singular(factors.query(), factors.key()));
  }

  private List<CircuitDirection> strongest(int k, int layer, int head,
      Function<HeadFactors, List<LowRank.Singular>> circuit) {
    Checks.count("k", k);
    Checks.index("layer", layer, room.blueprint().sizes().layers());
    Checks.index("head", head, room.blueprint().sizes().heads());
    List<LowRank.Singular> all = room.enter(
        (weights, engine) -> circuit.apply(new HeadFactors(weights.layers().get(layer), engine, head)));
    double total = all.stream().mapToDouble(direction -> direction.value() * direction.value()).sum();
    return all.stream().limit(k)
        .map(direction -> new CircuitDirection(direction, direction.value() * direction.value() / total)).toList();
  }

  private TokenRows in(TokenSpace space) {
    return space == TokenSpace.EMBEDDING ? embedding : unembedding;
  }

  private int checked(int id) {
    return Checks.index("id", id, vocabulary);
  }

  private float[] checked(float[] vector, Similarity similarity) {
    Objects.requireNonNull(similarity, "similarity");
    if (vector.length != hidden) {
      throw new InvalidArgumentException("vector has length " + vector.length + "; it must have the hidden size, "
          + hidden);
    }
    if (similarity == Similarity.COSINE) Vectors.directed(vector, "vector");
    else if (!Double.isFinite(Vectors.norm(vector))) {
      throw new InvalidArgumentException("vector holds numbers that are not finite");
    }
    return vector;
  }
}
