package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.numeric.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Why a token's logit is as high as it is, or higher than another's: every part that adds to the residual stream has a vote,
 * and all votes together are what the model said (direct logit attribution; Elhage et al., "A Mathematical Framework for
 * Transformer Circuits", 2021). Exact, with the scales of norms held at their actual values: what is left of the difference
 * is rounding, the {@link #remainder}. docs/votes.md tells what the terms mean. Immutable.
 */
public final class Votes {
  /**
   * What was counted.
   *
   * @param contest between which tokens, settled
   * @param position where, in the text
   * @param difference what the model said: the logit of A, less that of B where there is one
   * @param scale what the final norm divided by
   */
  public record Count(Contest contest, int position, double difference, double scale) {}

  /**
   * Votes outside the blocks.
   *
   * @param changes of interventions; 0 where there were none
   */
  public record Outside(double embedding, double position, double finalNormBias, double unembeddingBias,
      double logitCap,
      double changes) {}

  /**
   * Votes of one block.
   *
   * @param heads of each head; handed out as a copy
   * @param attentionBias of the bias of W_O
   * @param attentionNormBias of the bias of the norm behind attention
   * @param mlp of the MLP, its own bias included
   * @param mlpNormBias of the bias of the norm behind the MLP
   */
  public record Block(double[] heads, double attentionBias, double attentionNormBias, double mlp, double mlpNormBias) {
    public Block { heads = heads.clone(); }

    @Override
    public double[] heads() {
      return heads.clone();
    }

    /** All that attention writes. */
    public double attention() {
      double sum = attentionBias + attentionNormBias;
      for (double head : heads) sum += head;
      return sum;
    }

    /** All that the block writes. */
    public double sum() {
      return attention() + mlp + mlpNormBias;
    }
  }

  private final Count count;
  private final Outside outside;
  private final List<Block> blocks;
  private final List<Sources> sources;
  private final List<Neurons> neurons;

  /**
   * All that was counted.
   *
   * @param sources of the heads that were split, the strongest vote first
   * @param neurons of the MLPs that were split, by layer
   */
  public Votes(Count count, Outside outside, List<Block> blocks, List<Sources> sources, List<Neurons> neurons) {
    this.count = count;
    this.outside = outside;
    this.blocks = List.copyOf(blocks);
    this.sources = List.copyOf(sources);
    this.neurons = List.copyOf(neurons);
  }

  /** Between which tokens, ids in place. */
  public Contest contest() {
    return count.contest;
  }

  public int tokenA() {
    return count.contest.tokenA();
  }

  /** The token that A stands against; {@link Contest#NOBODY} where votes add up to A's logit. */
  public int tokenB() {
    return count.contest.tokenB();
  }

  /** The position whose logits these are. */
  public int position() {
    return count.position;
  }

  /** What the model said: the logit of A, less that of B where there is one. */
  public double difference() {
    return count.difference;
  }

  /** What the final norm divided by at this position; votes hold it as it was. */
  public double finalNormScale() {
    return count.scale;
  }

  /** Votes outside the blocks. */
  public Outside outside() {
    return outside;
  }

  public int layers() {
    return blocks.size();
  }

  /** Votes of one block. */
  public Block block(int layer) {
    if (layer < 0 || layer >= blocks.size())
      throw new InvalidArgumentException("there is no layer " + layer + "; the model has " + blocks.size());
    return blocks.get(layer);
  }

  /** The vote of one head. */
  public double head(int layer, int head) {
    double[] heads = block(layer).heads;
    if (head < 0 || head >= heads.length)
      throw new InvalidArgumentException("there is no head " + head + "; a layer has " + heads.length);
    return heads[head];
  }

  /** The vote of one MLP. */
  public double mlp(int layer) {
    return block(layer).mlp;
  }

  /** All parts together. */
  public double sum() {
    return running(blocks.size()) + outside.finalNormBias + outside.unembeddingBias + outside.logitCap
        + outside.changes;
  }

  /** What the parts leave of the difference: single precision's rounding. */
  public double remainder() {
    return count.difference - sum();
  }

  /** The sizes of all votes together: what a remainder is to be held against. */
  public double magnitude() {
    return all().stream().mapToDouble(vote -> Math.abs(vote.value())).sum();
  }

  /**
   * The vote of the residual stream as it grows [layers + 1]: first of what enters the first block, then behind each block.
   * The last, with the terms outside the blocks that are no part of the stream, is the sum.
   */
  public double[] running() {
    double[] running = new double[blocks.size() + 1];
    for (int i = 0; i <= blocks.size(); i++) running[i] = running(i);
    return running;
  }

  private double running(int layers) {
    double sum = outside.embedding + outside.position;
    for (int i = 0; i < layers; i++) sum += blocks.get(i).sum();
    return sum;
  }

  /** Every part's vote, in the order of the pass; parts this model does not have are there with 0. */
  public List<Vote> all() {
    List<Vote> all = new ArrayList<>();
    all.add(new Vote(new Part.Embedding(), outside.embedding));
    all.add(new Vote(new Part.Position(), outside.position));
    for (int layer = 0; layer < blocks.size(); layer++) {
      Block block = blocks.get(layer);
      for (int head = 0; head < block.heads.length; head++)
        all.add(new Vote(new Part.Head(layer, head), block.heads[head]));
      all.add(new Vote(new Part.AttentionBias(layer), block.attentionBias));
      all.add(new Vote(new Part.AttentionNormBias(layer), block.attentionNormBias));
      all.add(new Vote(new Part.Mlp(layer), block.mlp));
      all.add(new Vote(new Part.MlpNormBias(layer), block.mlpNormBias));
    }
    all.add(new Vote(new Part.FinalNormBias(), outside.finalNormBias));
    all.add(new Vote(new Part.UnembeddingBias(), outside.unembeddingBias));
    all.add(new Vote(new Part.LogitCap(), outside.logitCap));
    all.add(new Vote(new Part.Changes(), outside.changes));
    return all;
  }

  /**
   * The strongest votes for A, the strongest first; only those above 0.
   *
   * @param count how many, at least 0
   */
  public List<Vote> strongestFor(int count) {
    Checks.count("count", count);
    return all().stream().filter(vote -> vote.value() > 0).sorted(Comparator.comparingDouble(Vote::value).reversed())
        .limit(count).toList();
  }

  /**
   * The strongest votes against A, the strongest first; only those below 0.
   *
   * @param count how many, at least 0
   */
  public List<Vote> strongestAgainst(int count) {
    Checks.count("count", count);
    return all().stream().filter(vote -> vote.value() < 0).sorted(Comparator.comparingDouble(Vote::value)).limit(count)
        .toList();
  }

  /** The heads that were split by the positions they looked at, the strongest vote first; empty unless asked for. */
  public List<Sources> sources() {
    return sources;
  }

  /** The MLPs that were split into neurons, one for each layer or chosen expert; empty unless asked for. */
  public List<Neurons> neurons() {
    return neurons;
  }

  /** Bytes of all votes, of sources and neurons too, and of the two numbers they are counted with. */
  public long bytes() {
    long numbers = 2 + 6; // difference and scale; outside the blocks
    for (Block block : blocks) numbers += block.heads.length + 4;
    return Double.BYTES * numbers + sources.stream().mapToLong(Sources::bytes).sum()
        + neurons.stream().mapToLong(Neurons::bytes).sum();
  }

  /** For people: the difference, the sum and the remainder. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "Votes of position %d for token %d%s: %.4f = sum %.4f + remainder %.2e",
        position(),
        tokenA(), tokenB() == Contest.NOBODY ? "" : " against " + tokenB(), difference(), sum(), remainder());
  }
}
