package dev.sextant.analysis;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Sizes;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Neurons;
import dev.sextant.explain.Votes;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.Layer;
import dev.sextant.weights.Projection;
import dev.sextant.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts votes. The direction that decides between two tokens is carried back through the final norm and, layer by layer,
 * through W_O: a head's vote is then the dot product of its mixed values with what arrives there. All W_O are read once, as
 * in one more forward pass over them. Reuses its buffers; one thread at a time.
 */
final class Attribution {
  private final Weights weights;
  private final Sizes sizes;
  private final Blueprint.Stream scales;
  private final Engine engine;
  /** W_O of every layer. */
  private final Matrix[] outputs;
  /** What a unit of each feature that W_O gives adds to the difference [layers, hidden]. */
  private final Rows directions;
  /** What a unit of each mixed value adds [layers, heads · head width]. */
  private final Rows pulled;
  private final SourceVotes sources;
  private final NeuronVotes neurons;
  /** One row each: mixed values, and what W_O makes of them. */
  private final Rows one;
  private final Rows written;

  Attribution(Blueprint blueprint, Weights weights, Engine engine) {
    this.weights = weights;
    this.sizes = blueprint.sizes();
    this.scales = blueprint.stream();
    this.engine = engine;
    outputs = weights.layers().stream().map(layer -> layer.attention().output().matrix()).toArray(Matrix[]::new);
    directions = new Rows(sizes.hidden()).resize(sizes.layers());
    pulled = new Rows(sizes.queryWidth());
    sources = new SourceVotes(sizes, pulled);
    neurons = new NeuronVotes(engine, scales.writeScale());
    one = new Rows(sizes.queryWidth()).resize(1);
    written = new Rows(sizes.hidden());
  }

  /**
   * The votes of one position.
   *
   * @param contest settled
   * @param logits what the model said there
   * @param values what heads looked at; asked only where heads are split
   * @param changed whether interventions were made, so that parts need not add up to the stream
   */
  Votes count(Passage passage, Contest contest, float[] logits, Values values, boolean changed) {
    Ending ending = Ending.of(contest, passage.stream, weights, scales, engine);
    double[] direction = ending.direction();
    for (Layer layer : weights.layers()) aim(layer, direction, passage);
    engine.multiplyTransposed(outputs, directions, pulled);
    Rows mixed = engine.taken(outputs[0], passage.mixed);
    List<Votes.Block> blocks = new ArrayList<>(sizes.layers());
    for (Layer layer : weights.layers()) blocks.add(block(layer, direction, passage, mixed));

    double position = position(passage.position, direction);
    double embedding = Norms.dot(direction, passage.embedding.data(), 0) - position;
    double changes = changed ? Norms.dot(direction, passage.stream.data(), 0) - embedding - position - sum(blocks) : 0;
    Votes.Outside outside = new Votes.Outside(embedding, position, ending.normBias(), ending.unembeddingBias(),
        ending.cap(), changes);
    return new Votes(new Votes.Count(contest, passage.position, difference(contest, logits), ending.scale()), outside,
        blocks, sources.count(passage, contest.sourceHeads(), blocks, values),
        contest.neurons() ? neurons(passage, direction) : List.of());
  }

  private static double difference(Contest contest, float[] logits) {
    double a = logits[contest.tokenA()];
    return contest.tokenB() == Contest.NOBODY ? a : a - logits[contest.tokenB()];
  }

  private static double sum(List<Votes.Block> blocks) {
    double sum = 0;
    for (Votes.Block block : blocks) sum += block.sum();
    return sum;
  }

  /** Carries the direction back to what W_O of a layer gives: through the scale of writes and the norm behind it. */
  private void aim(Layer layer, double[] direction, Passage passage) {
    Norm after = layer.attentionNorms().after();
    double[] aimed = after == null ? direction : Norms.back(after, scale(after, layer, passage), direction);
    int at = directions.at(layer.index());
    for (int i = 0; i < aimed.length; i++) directions.data()[at + i] = (float) (aimed[i] * scales.writeScale());
  }

  /** What the norm behind attention divided by. It cannot be seen behind it, so what it read is computed again. */
  private double scale(Norm after, Layer layer, Passage passage) {
    System.arraycopy(passage.mixed.data(), passage.mixed.at(layer.index()), one.data(), 0, one.width());
    Projection output = layer.attention().output();
    engine.multiply(output.matrix(), output.bias(), one, written);
    return Norms.scale(after, written.data(), 0);
  }

  private Votes.Block block(Layer layer, double[] direction, Passage passage, Rows mixed) {
    int width = sizes.headWidth();
    double[] heads = new double[sizes.heads()];
    for (int head = 0; head < heads.length; head++) {
      int at = mixed.at(layer.index()) + head * width;
      heads[head] = Norms.dot(mixed.data(), at, pulled.data(), at, width);
    }
    float[] bias = layer.attention().output().bias();
    double attentionBias = bias == null ? 0
        : Norms.dot(bias, 0, directions.data(), directions.at(layer.index()), bias.length);
    double mlpNormBias = normBias(layer.mlpNorms().after(), direction);
    double mlp = Norms.dot(direction, passage.mlpWrites.data(), passage.mlpWrites.at(layer.index())) - mlpNormBias;
    return new Votes.Block(heads, attentionBias, normBias(layer.attentionNorms().after(), direction), mlp, mlpNormBias);
  }

  private double normBias(@Nullable Norm after, double[] direction) {
    float[] bias = after == null ? null : after.bias();
    return bias == null ? 0 : scales.writeScale() * Norms.dot(direction, bias, 0);
  }

  private double position(int position, double[] direction) {
    Matrix positions = weights.position();
    if (positions == null) return 0;
    engine.gather(positions, new int[] {position}, 0, 1, written);
    return Norms.dot(direction, written.data(), 0);
  }

  private List<Neurons> neurons(Passage passage, double[] direction) {
    List<Neurons> all = new ArrayList<>();
    for (Layer layer : weights.layers()) neurons.count(layer, passage, direction, all);
    return all;
  }
}
