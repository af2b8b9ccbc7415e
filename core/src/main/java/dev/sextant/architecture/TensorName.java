package dev.sextant.architecture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a role's numbers lie.
 *
 * @param pattern name without .weight or .bias; {@code *} stands for the layer
 * @param bias whether there is a bias: always, never, or as a setting says
 * @param fused the roles whose rows lie one after the other in this tensor, this one among them
 */
public record TensorName(String pattern, Bias bias, List<Role> fused) {
  /** When a projection or norm has a bias tensor. */
  public enum Bias {
    NEVER, ALWAYS, ATTENTION_BIAS, MLP_BIAS;

    static Bias of(@Nullable String word) {
      return switch (word) {
        case null -> NEVER;
        case "+bias" -> ALWAYS;
        case "+attention-bias" -> ATTENTION_BIAS;
        case "+mlp-bias" -> MLP_BIAS;
        default -> throw new IllegalArgumentException("'" + word + "' is none of +bias, +attention-bias, +mlp-bias");
      };
    }
  }

  /** The name in one layer, without .weight or .bias. */
  public String in(int layer) {
    return pattern.replace("*", Integer.toString(layer));
  }
}
