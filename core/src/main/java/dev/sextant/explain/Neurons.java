package dev.sextant.explain;

import dev.sextant.numeric.Checks;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the neurons of one MLP say, or of one expert of a mixture: each neuron's activation times the row of the way back that
 * it switches on. With the bias they add up to the MLP's vote, or to the expert's. Immutable.
 */
public final class Neurons {
  private final int layer;
  private final int expert;
  private final double bias;
  private final float[] votes;

  /**
   * @param expert which expert of the layer; -1: the layer has a plain MLP
   * @param bias what the bias of the way back says
   * @param votes of the neurons; nobody's any more
   */
  public Neurons(int layer, int expert, double bias, float[] votes) {
    this.layer = layer;
    this.expert = expert;
    this.bias = bias;
    this.votes = votes;
  }

  public int layer() {
    return layer;
  }

  /** Which expert of the layer; -1 where the layer has a plain MLP. */
  public int expert() {
    return expert;
  }

  /** How many neurons there are. */
  public int count() {
    return votes.length;
  }

  /** What one neuron in [0, count()) says, in logits. */
  public double vote(int neuron) {
    return votes[Checks.index("neuron", neuron, votes.length)];
  }

  /** What the bias of the way back says. */
  public double bias() {
    return bias;
  }

  /** All neurons and the bias: an expert's vote. */
  public double sum() {
    double sum = bias;
    for (float vote : votes) sum += vote;
    return sum;
  }

  /** Bytes of all votes, that of the bias too. */
  public long bytes() {
    return Double.BYTES + (long) Float.BYTES * votes.length;
  }

  /**
   * The neurons with the strongest votes, for or against, the strongest first.
   *
   * @param count how many, at least 0
   */
  public List<Integer> strongest(int count) {
    Checks.count("count", count);
    return IntStream.range(0, votes.length).boxed()
        .sorted(Comparator.comparingDouble((Integer neuron) -> -Math.abs(votes[neuron]))).limit(count).toList();
  }
}
