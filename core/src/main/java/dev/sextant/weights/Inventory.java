package dev.sextant.weights;

import dev.sextant.architecture.Architecture;
import dev.sextant.architecture.Role;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import dev.sextant.weights.FeedForward.Mixture;
import dev.sextant.weights.FeedForward.Mlp;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes through all weights of a model, in the order of the itinerary, each once and under the name of its role. */
public final class Inventory {
  private static final Role[] HEADS = {Role.QUERY, Role.KEY, Role.VALUE};
  private static final Role[] GATED = {Role.GATE, Role.UP};
  private static final Role[] PLAIN = {Role.UP};
  private static final Role[] GATED_EXPERT = {Role.EXPERT_GATE, Role.EXPERT_UP};
  private static final Role[] PLAIN_EXPERT = {Role.EXPERT_UP};

  /** Who is told what there is. */
  public interface Visitor {
    void matrix(String name, Matrix matrix) throws IOException;

    void vector(String name, float[] vector) throws IOException;
  }

  private final Architecture names;
  private final Visitor visitor;
  private int layer;
  private int expert;

  private Inventory(Architecture names, Visitor visitor) {
    this.names = names;
    this.visitor = visitor;
  }

  /** @param names gives every role a tensor of its own */
  public static void visit(Weights weights, Architecture names, Visitor visitor) throws IOException {
    new Inventory(names, visitor).all(weights);
  }

  /** How many trained numbers there are; those that serve twice count once. */
  public static long parameters(Weights weights, Architecture names) throws IOException {
    long[] count = {0};
    visit(weights, names, new Visitor() {
      @Override
      public void matrix(String name, Matrix matrix) {
        count[0] += (long) matrix.rows() * matrix.columns();
      }

      @Override
      public void vector(String name, float[] vector) {
        count[0] += vector.length;
      }
    });
    return count[0];
  }

  private void all(Weights weights) throws IOException {
    visitor.matrix(name(Role.EMBEDDING) + ".weight", weights.embedding());
    if (weights.position() != null) visitor.matrix(name(Role.POSITION) + ".weight", weights.position());
    for (Layer each : weights.layers()) layer(each);
    norm(Role.FINAL_NORM, weights.finalNorm());
    Projection unembedding = weights.unembedding();
    if (unembedding.matrix() != weights.embedding()) {
      projection(Role.UNEMBEDDING, unembedding.matrix(), unembedding.bias());
    } else {
      bias(Role.UNEMBEDDING, unembedding.bias());
    }
  }

  private void layer(Layer each) throws IOException {
    layer = each.index();
    norm(Role.ATTENTION_NORM, each.attentionNorms().before());
    fan(HEADS, each.attention().queryKeyValue());
    norm(Role.QUERY_NORM, each.attention().queryNorm());
    norm(Role.KEY_NORM, each.attention().keyNorm());
    projection(Role.OUTPUT, each.attention().output());
    norm(Role.ATTENTION_NORM_AFTER, each.attentionNorms().after());
    norm(Role.MLP_NORM, each.mlpNorms().before());
    switch (each.mlp()) {
      case Mlp mlp -> {
        fan(mlp.isGated() ? GATED : PLAIN, mlp.in());
        projection(Role.DOWN, mlp.down());
      }
      case Mixture mixture -> mixture(mixture);
    }
    norm(Role.MLP_NORM_AFTER, each.mlpNorms().after());
  }

  private void mixture(Mixture mixture) throws IOException {
    projection(Role.ROUTER, mixture.router());
    List<Mlp> experts = mixture.experts();
    for (expert = 0; expert < experts.size(); expert++) {
      Mlp mlp = experts.get(expert);
      fan(mlp.isGated() ? GATED_EXPERT : PLAIN_EXPERT, mlp.in());
      projection(Role.EXPERT_DOWN, mlp.down());
    }
    expert = 0;
  }

  private void fan(Role[] roles, Fan fan) throws IOException {
    for (int i = 0; i < roles.length; i++) projection(roles[i], fan.matrices()[i], fan.biases()[i]);
  }

  private void projection(Role role, Projection projection) throws IOException {
    projection(role, projection.matrix(), projection.bias());
  }

  private void projection(Role role, Matrix matrix, float @Nullable [] bias) throws IOException {
    visitor.matrix(name(role) + ".weight", matrix);
    bias(role, bias);
  }

  private void norm(Role role, @Nullable Norm norm) throws IOException {
    if (norm == null) return;
    visitor.vector(name(role) + ".weight", norm.weight());
    bias(role, norm.bias());
  }

  private void bias(Role role, float @Nullable [] bias) throws IOException {
    if (bias != null) visitor.vector(name(role) + ".bias", bias);
  }

  private String name(Role role) {
    return names.tensors().get(role).in(layer, expert);
  }
}
