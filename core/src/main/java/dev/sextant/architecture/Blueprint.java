package dev.sextant.architecture;

import dev.sextant.kernel.Activation;
import java.util.List;

/**
 * What a folder's config.json makes of its family: everything the forward pass and the binding of weights need to know.
 *
 * @param family the family's description
 * @param sizes all widths and counts
 * @param layers what sets each layer apart
 * @param epsilon of all norms
 * @param activation of the MLP
 * @param tied whether the embedding serves as unembedding when the file has none of its own
 * @param biases whether attention, and whether the MLP, has biases where the family leaves that open
 * @param unreadKeys keys of config.json that nothing asked for
 */
public record Blueprint(Architecture family, Sizes sizes, LayerPlans layers, float epsilon, Activation activation,
    boolean tied, Biases biases, List<String> unreadKeys) {

  /** Whether biases are there, for families that have them by setting. */
  public record Biases(boolean attention, boolean mlp) {}

  /** Whether a tensor has a bias. */
  public boolean hasBias(TensorName name) {
    return switch (name.bias()) {
      case NEVER -> false;
      case ALWAYS -> true;
      case ATTENTION_BIAS -> biases.attention();
      case MLP_BIAS -> biases.mlp();
    };
  }
}
