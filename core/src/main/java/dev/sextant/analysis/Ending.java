package dev.sextant.analysis;

import dev.sextant.architecture.Blueprint.Stream;
import dev.sextant.explain.Contest;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.Weights;

/**
 * How the end of the residual stream becomes a logit, or the difference of two, written as one direction: difference =
 * direction · stream + what does not come from the stream.
 *
 * @param direction what a unit of each feature of the stream adds [hidden], the final norm's scale held as it was
 * @param scale what the final norm divided by
 * @param normBias what the bias of the final norm adds
 * @param unembeddingBias what the bias of the unembedding adds
 * @param cap what bending the logits adds
 */
record Ending(double[] direction, double scale, double normBias, double unembeddingBias, double cap) {

  /**
   * Of one position.
   *
   * @param stream behind the last block [1, hidden]
   */
  static Ending of(Contest contest, Rows stream, Weights weights, Stream scales, Engine engine) {
    Ending a = of(contest.tokenA(), stream, weights, scales, engine);
    return contest.tokenB() == Contest.NOBODY ? a : a.minus(of(contest.tokenB(), stream, weights, scales, engine));
  }

  private static Ending of(int token, Rows stream, Weights weights, Stream scales, Engine engine) {
    Rows unembedded = new Rows(stream.width());
    engine.gather(weights.unembedding().matrix(), new int[] {token}, 0, 1, unembedded);
    double[] direction = new double[stream.width()];
    for (int i = 0; i < direction.length; i++) direction[i] = (double) scales.logitScale() * unembedded.data()[i];
    Norm norm = weights.finalNorm();
    double scale = Norms.scale(norm, stream.data(), 0);
    double normBias = norm.bias() == null ? 0 : Norms.dot(direction, norm.bias(), 0);
    float[] bias = weights.unembedding().bias();
    double unembeddingBias = bias == null ? 0 : (double) scales.logitScale() * bias[token];
    double[] before = Norms.back(norm, scale, direction);
    double logit = Norms.dot(before, stream.data(), 0) + normBias + unembeddingBias;
    return new Ending(before, scale, normBias, unembeddingBias, bent(logit, scales.logitCap()) - logit);
  }

  private static double bent(double logit, double limit) {
    return limit == 0 ? logit : limit * Math.tanh(logit / limit);
  }

  private Ending minus(Ending other) {
    double[] difference = new double[direction.length];
    for (int i = 0; i < difference.length; i++) difference[i] = direction[i] - other.direction[i];
    return new Ending(difference, scale, normBias - other.normBias, unembeddingBias - other.unembeddingBias,
        cap - other.cap);
  }
}
