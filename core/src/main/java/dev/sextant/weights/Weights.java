package dev.sextant.weights;

import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Norm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a model, by role.
 *
 * @param embedding [vocabulary, hidden]: a row is what its token means before any context
 * @param position [context, hidden], the learned positions, or null where positions are rotary
 * @param layers the blocks in order
 * @param finalNorm norm before the unembedding
 * @param unembedding [vocabulary, hidden]: a row is the direction that speaks for its token
 * @param unusedTensors names of the tensors that no role asked for
 * @param copies what was brought into another form at load instead of being used where it lies
 */
public record Weights(Matrix embedding, @Nullable Matrix position, List<Layer> layers, Norm finalNorm,
    Projection unembedding, List<String> unusedTensors, Copies copies) {

  /**
   * Weights in another form than that of the file.
   *
   * @param bytes what they take
   * @param replaced what they take in the file
   */
  public record Copies(long bytes, long replaced) {}
}
