package dev.sextant.architecture;

import java.util.List;

/**
 * Where a role's numbers lie.
 *
 * @param pattern name without .weight or .bias; {@code *} stands for the layer, {@code @} for the expert
 * @param bias whether there is a bias: always, never, or as a setting says
 * @param fused the roles whose rows lie in this tensor, this one among them
 * @param byHead whether fused rows alternate head by head, instead of all of one role before all of the next
 */
public record TensorName(String pattern, Bias bias, List<Role> fused, boolean byHead) {
  /** When a projection or norm has a bias tensor. */
  public enum Bias {
    NEVER, ALWAYS, ATTENTION_BIAS, MLP_BIAS
  }

  public TensorName { fused = List.copyOf(fused); }

  static TensorName of(String pattern, List<Role> fused, List<String> words) {
    Bias bias = Bias.NEVER;
    boolean byHead = false;
    for (String word : words) {
      switch (word) {
        case "+bias" -> bias = Bias.ALWAYS;
        case "+attention-bias" -> bias = Bias.ATTENTION_BIAS;
        case "+mlp-bias" -> bias = Bias.MLP_BIAS;
        case "by-head" -> byHead = true;
        default -> throw new IllegalArgumentException(
            "'" + word + "' behind " + pattern + " is none of +bias, +attention-bias, +mlp-bias, by-head");
      }
    }
    return new TensorName(pattern, bias, fused, byHead);
  }

  /** The name in one layer, without .weight or .bias. */
  public String in(int layer) {
    return pattern.replace("*", Integer.toString(layer));
  }

  /** The name of one expert's tensor in one layer, without .weight or .bias. */
  public String in(int layer, int expert) {
    return in(layer).replace("@", Integer.toString(expert));
  }
}
