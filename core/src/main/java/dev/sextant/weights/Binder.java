package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Role;
import dev.sextant.architecture.Sizes;
import dev.sextant.architecture.TensorName;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the tensor of every role of a blueprint. A missing one, or one of another shape, is an error that names it. */
public final class Binder {
  /** What older versions stored beside the weights: causal masks and rotary frequencies. Not weights, never read. */
  private static final Pattern BUFFERS = Pattern
      .compile(".*(\\.attn\\.bias|\\.attn\\.masked_bias|\\.rotary_emb\\.inv_freq)");

  private final Blueprint blueprint;
  private final Architecture family;
  private final Sizes sizes;
  private final Tensors tensors;
  /** Fused tensors of the present layer, by name: turned and checked once, then sliced. */
  private final Map<String, Projection> fused = new HashMap<>();

  private Binder(Blueprint blueprint, Tensors tensors) {
    this.blueprint = blueprint;
    this.family = blueprint.family();
    this.sizes = blueprint.sizes();
    this.tensors = tensors;
  }

  /**
   * Binds all weights.
   *
   * @param arena owns what has to be brought into another form
   * @param progress told how many layers are bound, after each
   */
  public static Weights bind(Blueprint blueprint, TensorSource source, Arena arena, IntConsumer progress) {
    return new Binder(blueprint, new Tensors(source, arena)).bind(progress);
  }

  private Weights bind(IntConsumer progress) {
    Matrix embedding = matrix(Role.EMBEDDING, 0,
        Shape.matrix(sizes.vocabulary(), sizes.hidden(), "vocabulary x hidden"));
    Matrix position = family.tensors().containsKey(Role.POSITION)
        ? matrix(Role.POSITION, 0, Shape.matrix(sizes.context(), sizes.hidden(), "positions x hidden"))
        : null;
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < sizes.layers(); i++) {
      layers.add(layer(i));
      progress.accept(i + 1);
    }
    Norm finalNorm = norm(Role.FINAL_NORM, 0, sizes.hidden());
    Projection unembedding = unembedding(embedding);
    List<String> unused = tensors.unused().stream().filter(name -> !BUFFERS.matcher(name).matches()).toList();
    return new Weights(embedding, position, List.copyOf(layers), finalNorm, unembedding, unused, tensors.copiedBytes());
  }

  private Layer layer(int i) {
    fused.clear();
    String query = "num_attention_heads " + sizes.heads() + " x head_dim " + sizes.headWidth() + " by hidden";
    String keyValue = "num_key_value_heads " + sizes.keyValueHeads() + " x head_dim " + sizes.headWidth()
        + " by hidden";
    int hidden = sizes.hidden();
    return new Layer(i, blueprint.layers().get(i),
        optionalNorm(Role.ATTENTION_NORM, i, hidden),
        projection(Role.QUERY, i, Shape.matrix(sizes.queryWidth(), hidden, query)),
        projection(Role.KEY, i, Shape.matrix(sizes.keyValueWidth(), hidden, keyValue)),
        projection(Role.VALUE, i, Shape.matrix(sizes.keyValueWidth(), hidden, keyValue)),
        optionalNorm(Role.QUERY_NORM, i, sizes.headWidth()),
        optionalNorm(Role.KEY_NORM, i, sizes.headWidth()),
        projection(Role.OUTPUT, i,
            Shape.matrix(hidden, sizes.queryWidth(), "hidden by num_attention_heads x head_dim")),
        optionalNorm(Role.MLP_NORM, i, hidden),
        family.tensors().containsKey(Role.GATE)
            ? projection(Role.GATE, i, Shape.matrix(sizes.mlp(), hidden, "MLP width by hidden"))
            : null,
        projection(Role.UP, i, Shape.matrix(sizes.mlp(), hidden, "MLP width by hidden")),
        projection(Role.DOWN, i, Shape.matrix(hidden, sizes.mlp(), "hidden by MLP width")));
  }

  /** The unembedding of its own, where the file has one; else the embedding, where the model says they are tied. */
  private Projection unembedding(Matrix embedding) {
    Shape shape = Shape.matrix(sizes.vocabulary(), sizes.hidden(), "vocabulary x hidden");
    String own = tensors.find(weightNames(Role.UNEMBEDDING, 0));
    if (own != null) return new Projection(tensors.matrix(own, shape), bias(Role.UNEMBEDDING, 0, sizes.vocabulary()));
    if (blueprint.tied()) return new Projection(embedding, null);
    throw new SextantException("tensor " + weightNames(Role.UNEMBEDDING, 0).getFirst() + " is missing and"
        + " tie_word_embeddings does not say that the embedding serves instead");
  }

  private @Nullable Norm optionalNorm(Role role, int layer, int width) {
    return family.tensors().containsKey(role) ? norm(role, layer, width) : null;
  }

  private Norm norm(Role role, int layer, int width) {
    float[] weight = tensors.vector(found(weightNames(role, layer)), width);
    return new Norm(family.norm(), weight, bias(role, layer, width), blueprint.epsilon());
  }

  private Matrix matrix(Role role, int layer, Shape shape) {
    return tensors.matrix(found(weightNames(role, layer)), shape);
  }

  private Projection projection(Role role, int layer, Shape shape) {
    TensorName name = family.tensors().get(role);
    if (name.fused().size() > 1) return slice(role, layer, shape, name);
    return whole(role, layer, shape);
  }

  private Projection whole(Role role, int layer, Shape shape) {
    String name = found(weightNames(role, layer));
    Matrix matrix = family.transposed() ? tensors.transposed(name, shape) : tensors.matrix(name, shape);
    return new Projection(matrix, bias(role, layer, shape.rows()));
  }

  /** The rows of one role out of a tensor that holds those of several. */
  private Projection slice(Role role, int layer, Shape shape, TensorName name) {
    int from = 0;
    int all = 0;
    for (Role part : name.fused()) {
      if (part == role) from = all;
      all = Math.addExact(all, part == Role.QUERY ? sizes.queryWidth() : sizes.keyValueWidth());
    }
    int rows = all;
    Projection whole = fused.computeIfAbsent(name.pattern(),
        _ -> whole(role, layer, Shape.matrix(rows, shape.columns(), "query, key and value rows by hidden")));
    float[] bias = whole.bias();
    return new Projection(whole.matrix().slice(from, shape.rows()),
        bias == null ? null : Arrays.copyOfRange(bias, from, from + shape.rows()));
  }

  private float @Nullable [] bias(Role role, int layer, int length) {
    if (!blueprint.hasBias(family.tensors().get(role))) return null;
    return tensors.vector(found(family.spellings(role, layer).stream().map(name -> name + ".bias").toList()), length);
  }

  private List<String> weightNames(Role role, int layer) {
    return family.spellings(role, layer).stream().map(name -> name + ".weight").toList();
  }

  private String found(List<String> spellings) {
    String name = tensors.find(spellings);
    if (name != null) return name;
    throw new SextantException("tensor " + String.join(" (or ", spellings) + (spellings.size() > 1 ? ")" : "")
        + " is missing");
  }
}
