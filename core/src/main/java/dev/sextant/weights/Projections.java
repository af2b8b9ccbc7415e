package dev.sextant.weights;

import dev.sextant.SextantException;
import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Role;
import dev.sextant.architecture.Sizes;
import dev.sextant.architecture.TensorName;
import dev.sextant.kernel.Matrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the projections of one layer after the other, alone in their tensors or together with others. */
final class Projections {
  private final Blueprint blueprint;
  private final Architecture family;
  private final Sizes sizes;
  private final Tensors tensors;
  private int layer;
  /** Fused tensors of the present layer, by name: brought into order and checked once, then sliced. */
  private final Map<String, Projection> fused = new HashMap<>();

  Projections(Blueprint blueprint, Tensors tensors) {
    this.blueprint = blueprint;
    this.family = blueprint.family();
    this.sizes = blueprint.sizes();
    this.tensors = tensors;
  }

  /** From now on, projections are those of this layer. */
  void enter(int newLayer) {
    layer = newLayer;
    fused.clear();
  }

  int layer() {
    return layer;
  }

  /** A table outside the layers, stored row by row in every family. */
  Matrix matrix(Role role, Shape shape) {
    return tensors.matrix(found(role), shape);
  }

  Projection of(Role role) {
    TensorName name = family.tensors().get(role);
    if (name.fused().size() > 1) return slice(role, name);
    return whole(role, 0, shape(role));
  }

  /** The projection of one expert. */
  Projection of(Role role, int expert) {
    return whole(role, expert, shape(role));
  }

  private Shape shape(Role role) {
    int hidden = sizes.hidden();
    return switch (role) {
      case QUERY -> Shape.matrix(sizes.queryWidth(), hidden,
          "num_attention_heads " + sizes.heads() + " x head_dim " + sizes.headWidth() + " by hidden");
      case KEY, VALUE -> Shape.matrix(sizes.keyValueWidth(), hidden,
          "num_key_value_heads " + sizes.keyValueHeads() + " x head_dim " + sizes.headWidth() + " by hidden");
      case OUTPUT -> Shape.matrix(hidden, sizes.queryWidth(), "hidden by num_attention_heads x head_dim");
      case GATE, UP -> Shape.matrix(sizes.mlp(), hidden, "MLP width by hidden");
      case DOWN -> Shape.matrix(hidden, sizes.mlp(), "hidden by MLP width");
      case ROUTER -> Shape.matrix(experts().count(), hidden, "experts by hidden");
      case EXPERT_GATE, EXPERT_UP -> Shape.matrix(experts().mlp(), hidden, "expert MLP width by hidden");
      case EXPERT_DOWN -> Shape.matrix(hidden, experts().mlp(), "hidden by expert MLP width");
      default -> throw new IllegalStateException(role + " is no projection of a layer");
    };
  }

  private Blueprint.Experts experts() {
    Blueprint.Experts experts = blueprint.experts();
    if (experts == null) throw new IllegalStateException("family " + family.name() + " has no experts");
    return experts;
  }

  private Projection whole(Role role, int expert, Shape shape) {
    String name = found(spellings(role, expert, ".weight"));
    Matrix matrix = blueprint.storage().transposed() ? tensors.transposed(name, shape) : tensors.matrix(name, shape);
    return new Projection(matrix, bias(role, expert, shape.rows()));
  }

  /** The rows of one role out of a tensor that holds those of several. */
  private Projection slice(Role role, TensorName name) {
    Shape shape = shape(role);
    int from = 0;
    int all = 0;
    for (Role part : name.fused()) {
      if (part == role) from = all;
      all = Math.addExact(all, shape(part).rows());
    }
    Shape together = Shape.matrix(all, shape.columns(), "rows of " + name.fused() + " by hidden");
    Projection whole = fused.computeIfAbsent(name.pattern(), _ -> inOrder(whole(role, 0, together), name));
    float[] bias = whole.bias();
    return new Projection(whole.matrix().slice(from, shape.rows()),
        bias == null ? null : Arrays.copyOfRange(bias, from, from + shape.rows()));
  }

  /** Rows that alternate head by head, brought into the order of roles. */
  private Projection inOrder(Projection stored, TensorName name) {
    if (!name.byHead()) return stored;
    int parts = name.fused().size();
    int width = sizes.headWidth();
    int heads = stored.matrix().rows() / parts / width;
    for (Role part : name.fused()) {
      if (shape(part).rows() != heads * width) {
        throw new SextantException(
            "tensor " + name.in(layer) + " holds " + name.fused() + " head by head; that needs as"
                + " many key/value heads as query heads, not " + sizes.keyValueHeads() + " for " + sizes.heads());
      }
    }
    return tensors.regrouped(stored, width, parts, heads);
  }

  /** The bias of a role, if it has one. */
  float @Nullable [] bias(Role role, int length) {
    return bias(role, 0, length);
  }

  private float @Nullable [] bias(Role role, int expert, int length) {
    if (!blueprint.hasBias(family.tensors().get(role))) return null;
    return tensors.vector(found(spellings(role, expert, ".bias")), length);
  }

  /** The names under which the weight of a role may be found. */
  List<String> spellings(Role role) {
    return spellings(role, 0, ".weight");
  }

  private List<String> spellings(Role role, int expert, String ending) {
    return family.spellings(role, name -> name.in(layer, expert) + ending);
  }

  /** The name under which the weight of a role is found; an error if under none. */
  String found(Role role) {
    return found(spellings(role));
  }

  private String found(List<String> spellings) {
    String name = tensors.find(spellings);
    if (name != null) return name;
    throw new SextantException("tensor " + String.join(" (or ", spellings) + (spellings.size() > 1 ? ")" : "")
        + " is missing");
  }
}
