package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.LayerPlan;
import dev.sextant.architecture.Role;
import dev.sextant.architecture.Sizes;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the tensor of every role of a blueprint. A missing one, or one of another shape, is an error that names it. */
public final class Binder {
  /** What older versions stored beside the weights: causal masks and rotary frequencies. Not weights, never read. */
  private static final Pattern BUFFERS = Pattern
      .compile(".*(\\.(attn|attention)\\.(bias|masked_bias)|\\.rotary_emb\\.inv_freq)");

  private final Blueprint blueprint;
  private final Architecture family;
  private final Sizes sizes;
  private final Tensors tensors;
  private final Projections projections;
  private final Quantizer quantizer;

  private Binder(Blueprint blueprint, Tensors tensors, Quantizer quantizer) {
    this.blueprint = blueprint;
    this.family = blueprint.family();
    this.sizes = blueprint.sizes();
    this.tensors = tensors;
    this.projections = new Projections(blueprint, tensors);
    this.quantizer = quantizer;
  }

  /**
   * Binds all weights.
   *
   * @param arena owns what has to be brought into another form
   * @param quantizer brings the large matrices into the format asked for
   * @param progress told how many layers are bound, after each
   */
  public static Weights bind(Blueprint blueprint, TensorSource source, Arena arena, Quantizer quantizer,
      IntConsumer progress) {
    return new Binder(blueprint, new Tensors(source, arena, blueprint.storage()), quantizer).bind(progress);
  }

  private Weights bind(IntConsumer progress) {
    Shape table = Shape.matrix(sizes.vocabulary(), sizes.hidden(), "vocabulary x hidden");
    Matrix stored = projections.matrix(Role.EMBEDDING, table);
    Projection unembedding = unembedding(stored, table);
    // alone, only the rows of the text's tokens are read of it: it may stay where it lies
    Matrix embedding = isTied() ? unembedding.matrix() : stored;
    Matrix position = has(Role.POSITION)
        ? projections.matrix(Role.POSITION, Shape.matrix(sizes.context(), sizes.hidden(), "positions x hidden"))
        : null;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < sizes.layers(); i++) {
      layers.add(layer(i));
      progress.accept(i + 1);
    }
    Norm finalNorm = norm(Role.FINAL_NORM, sizes.hidden());
    List<String> unused = tensors.unused().stream().filter(name -> !BUFFERS.matcher(name).matches()).toList();
    return new Weights(embedding, position, List.copyOf(layers), finalNorm, unembedding, unused,
        new Weights.Copies(tensors.copiedBytes() + quantizer.packedBytes(),
            tensors.replacedBytes() + quantizer.replacedBytes()));
  }

  private Layer layer(int i) {
    projections.enter(i);
    LayerPlan plan = blueprint.layers().get(i);
    return new Layer(i, plan, norms(Role.ATTENTION_NORM, Role.ATTENTION_NORM_AFTER), attention(),
        norms(Role.MLP_NORM, Role.MLP_NORM_AFTER), plan.routed() ? mixture() : mlp());
  }

  private Layer.Norms norms(Role before, Role after) {
    return new Layer.Norms(has(before) ? norm(before, sizes.hidden()) : null,
        has(after) ? norm(after, sizes.hidden()) : null);
  }

  private Attention attention() {
    return new Attention(
        Fan.of(of(Role.QUERY), of(Role.KEY), value()),
        headNorm(Role.QUERY_NORM, sizes.queryWidth()), headNorm(Role.KEY_NORM, sizes.keyValueWidth()),
        of(Role.OUTPUT));
  }

  private FeedForward.Mlp mlp() {
    if (!has(Role.UP)) {
      throw new SextantException("config.json gives some layers a plain MLP, which family " + family.name()
          + " does not have");
    }
    Fan in = has(Role.GATE) ? Fan.of(of(Role.GATE), of(Role.UP)) : Fan.of(of(Role.UP));
    return new FeedForward.Mlp(in, of(Role.DOWN));
  }

  private FeedForward.Mixture mixture() {
    List<FeedForward.Mlp> experts = new ArrayList<>();
    int count = blueprint.experts() == null ? 0 : blueprint.experts().count();
    Projection router = projections.of(Role.ROUTER);
    for (int e = 0; e < count; e++) {
      Fan in = has(Role.EXPERT_GATE)
          ? Fan.of(of(Role.EXPERT_GATE, e), of(Role.EXPERT_UP, e))
          : Fan.of(of(Role.EXPERT_UP, e));
      experts.add(new FeedForward.Mlp(in, of(Role.EXPERT_DOWN, e)));
    }
    return new FeedForward.Mixture(router, experts);
  }

  private Projection of(Role role) {
    return quantizer.projection(projections.of(role), projections.layer());
  }

  private Projection value() {
    return quantizer.value(projections.of(Role.VALUE), projections.layer());
  }

  private Projection of(Role role, int expert) {
    return quantizer.projection(projections.of(role, expert), projections.layer());
  }

  /** The unembedding of its own, where the file has one; else the embedding, where the model says they are tied. */
  private Projection unembedding(Matrix embedding, Shape shape) {
    List<String> names = projections.spellings(Role.UNEMBEDDING);
    String own = tensors.find(names);
    if (own == null && !blueprint.storage().tied()) {
      throw new SextantException("tensor " + names.getFirst() + " is missing and tie_word_embeddings does not say that"
          + " the embedding serves instead");
    }
    Matrix matrix = quantizer.unembedding(own == null ? embedding : tensors.matrix(own, shape));
    return new Projection(matrix, projections.bias(Role.UNEMBEDDING, shape.rows()));
  }

  private boolean isTied() {
    return tensors.find(projections.spellings(Role.UNEMBEDDING)) == null;
  }

  /** The norm of queries or keys: over each head, or over all of them together, as long as the tensor is. */
  private @Nullable Norm headNorm(Role role, int all) {
    if (!has(role)) return null;
    return norm(role, tensors.elements(projections.found(role)) == all ? all : sizes.headWidth());
  }

  private Norm norm(Role role, int width) {
    Blueprint.Norms norms = blueprint.norms();
    float[] weight = tensors.vector(projections.found(role), width);
    if (norms.aboutOne()) for (int i = 0; i < width; i++) weight[i] += 1;
    return new Norm(norms.kind(), weight, projections.bias(role, width), norms.epsilon());
  }

  private boolean has(Role role) {
    return family.tensors().containsKey(role);
  }
}
