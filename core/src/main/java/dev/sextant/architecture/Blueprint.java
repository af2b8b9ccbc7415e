package dev.sextant.architecture;

import dev.sextant.kernel.Activation;
import dev.sextant.kernel.Norm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a folder's config.json makes of its family: everything the forward pass and the binding of weights need to know.
 *
 * @param family the family's description
 * @param sizes all widths and counts
 * @param layers what sets each layer apart
 * @param norms of all layers
 * @param stream what is done to the residual stream and what comes of it
 * @param activation of the MLP
 * @param experts the mixtures of experts; null: none
 * @param storage how the weights are stored
 * @param unreadKeys keys of config.json that nothing asked for
 */
public record Blueprint(Architecture family, Sizes sizes, LayerPlans layers, Norms norms, Stream stream,
    Activation activation, @Nullable Experts experts, Storage storage, List<String> unreadKeys) {

  /**
   * The norms.
   *
   * @param kind which mean is taken out
   * @param aboutOne whether the files store the weights less one
   * @param epsilon added to the mean square
   */
  public record Norms(Norm.Kind kind, boolean aboutOne, float epsilon) {}

  /**
   * The residual stream, from embedding to logits.
   *
   * @param embeddingScale what embeddings are multiplied with
   * @param parallel whether attention and MLP read the same stream, instead of one after the other
   * @param writeScale what all writes are multiplied with
   * @param logitScale what logits are multiplied with
   * @param logitCap what logits are bent to stay below: cap tanh(logit / cap); 0 for no cap
   */
  public record Stream(float embeddingScale, boolean parallel, float writeScale, float logitScale, float logitCap) {}

  /**
   * Mixtures of experts (arXiv:1701.06538).
   *
   * @param count experts in a layer
   * @param chosen how many of them see a token
   * @param mlp width inside an expert
   * @param renormalized whether the probabilities of the chosen are brought to sum 1
   */
  public record Experts(int count, int chosen, int mlp, boolean renormalized) {}

  /**
   * How the weights are stored.
   *
   * @param tied whether the embedding serves as unembedding when the file has none of its own
   * @param attentionBias whether attention has biases, where the family leaves that open
   * @param mlpBias whether the MLP has
   * @param transposed whether projections are stored [in, out]
   * @param saved whether this library wrote them, so that matrices may be quantised in its own layout
   * @param blocks sizes of the blocks that share a scale in 8-bit matrices; null: there need not be scales
   */
  public record Storage(boolean tied, boolean attentionBias, boolean mlpBias, boolean transposed, boolean saved,
      @Nullable Blocks blocks) {}

  /** Sizes of the blocks that share a scale. */
  public record Blocks(int rows, int columns) {}

  /** Whether a tensor has a bias. */
  public boolean hasBias(TensorName name) {
    return switch (name.bias()) {
      case NEVER -> false;
      case ALWAYS -> true;
      case ATTENTION_BIAS -> storage.attentionBias();
      case MLP_BIAS -> storage.mlpBias();
    };
  }
}
