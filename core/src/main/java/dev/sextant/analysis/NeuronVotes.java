package dev.sextant.analysis;

import dev.sextant.explain.Neurons;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.FeedForward.Mixture;
import dev.sextant.weights.FeedForward.Mlp;
import dev.sextant.weights.Layer;
import java.util.Arrays;
import java.util.List;

/** Splits what MLPs say by neurons: the direction is carried back through the way back to the stream. */
final class NeuronVotes {
  private final Engine engine;
  private final double writeScale;

  NeuronVotes(Engine engine, double writeScale) {
    this.engine = engine;
    this.writeScale = writeScale;
  }

  /** Adds the neurons of one layer, of each chosen expert where it has a mixture. */
  void count(Layer layer, Passage passage, double[] direction, List<Neurons> into) {
    Rows aimed = aimed(layer, passage, direction);
    Rows activations = passage.activations[layer.index()];
    for (int i = 0; i < activations.rows(); i++) {
      int expert = expert(layer, passage, i);
      into.add(neurons(layer, expert, aimed, row(activations, i), weight(layer, passage, i)));
    }
  }

  /** The expert of a rank; -1 in a plain layer. */
  private static int expert(Layer layer, Passage passage, int rank) {
    return layer.mlp() instanceof Mixture ? (int) passage.experts[layer.index()].data()[rank] : -1;
  }

  private static double weight(Layer layer, Passage passage, int rank) {
    return layer.mlp() instanceof Mixture ? passage.expertWeights[layer.index()].data()[rank] : 1;
  }

  private static Mlp mlp(Layer layer, int expert) {
    return switch (layer.mlp()) {
      case Mlp mlp -> mlp;
      case Mixture mixture -> mixture.experts().get(expert);
    };
  }

  /** The direction at what the MLP gives, before the norm behind it and the scale of writes [1, hidden]. */
  private Rows aimed(Layer layer, Passage passage, double[] direction) {
    Norm after = layer.mlpNorms().after();
    double[] aimed = after == null ? direction
        : Norms.back(after, Norms.scale(after, answer(layer, passage).data(), 0), direction);
    Rows row = new Rows(direction.length).resize(1);
    for (int i = 0; i < direction.length; i++) row.data()[i] = (float) (aimed[i] * writeScale);
    return row;
  }

  /** What the MLP gives [1, hidden], computed again: behind its norm the scale cannot be seen any more. */
  private Rows answer(Layer layer, Passage passage) {
    Rows answer = new Rows(passage.stream.width()).resize(1);
    Rows one = new Rows(answer.width());
    Rows activations = passage.activations[layer.index()];
    for (int i = 0; i < activations.rows(); i++) {
      Mlp mlp = mlp(layer, expert(layer, passage, i));
      engine.multiply(mlp.down().matrix(), mlp.down().bias(), row(activations, i), one);
      engine.scale(one, (float) weight(layer, passage, i));
      engine.add(one, answer);
    }
    return answer;
  }

  private static Rows row(Rows rows, int index) {
    Rows row = new Rows(rows.width()).resize(1);
    System.arraycopy(rows.data(), rows.at(index), row.data(), 0, row.width());
    return row;
  }

  private Neurons neurons(Layer layer, int expert, Rows aimed, Rows activations, double weight) {
    Mlp mlp = mlp(layer, expert);
    Rows features = engine.taken(mlp.down().matrix(), activations);
    Rows pulled = new Rows(features.width());
    engine.multiplyTransposed(new Matrix[] {mlp.down().matrix()}, aimed, pulled);
    float[] votes = Arrays.copyOf(features.data(), features.width());
    for (int i = 0; i < votes.length; i++) votes[i] *= (float) (weight * pulled.data()[i]);
    float[] bias = mlp.down().bias();
    double biasVote = bias == null ? 0 : weight * Norms.dot(bias, 0, aimed.data(), 0, bias.length);
    return new Neurons(layer.index(), expert, biasVote, votes);
  }
}
