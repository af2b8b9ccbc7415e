package dev.sextant.explain;

import dev.sextant.numeric.Checks;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Where one head looked, and what came through each position: votes that add up to the head's own. Immutable. */
public final class Sources {
  /**
   * One position a head looked at.
   *
   * @param position in the text, from 0
   * @param probability the head's attention to it, in 0..1
   * @param vote what came through it, in logits: probability · (its value through W_O), held against the contest
   */
  public record Source(int position, double probability, double vote) {}

  private final Part.Head head;
  private final float[] probabilities;
  private final float[] votes;

  /**
   * @param probabilities of the positions from 0; with {@code votes} as long, and both nobody's any more
   */
  public Sources(Part.Head head, float[] probabilities, float[] votes) {
    this.head = head;
    this.probabilities = probabilities;
    this.votes = votes;
  }

  public Part.Head head() {
    return head;
  }

  /** How many positions it could look at, the one it stands at included. */
  public int positions() {
    return votes.length;
  }

  /** Its attention to a position in [0, positions()), in 0..1. */
  public double probability(int position) {
    return probabilities[Checks.index("position", position, probabilities.length)];
  }

  /** What came through a position in [0, positions()), in logits. */
  public double vote(int position) {
    return votes[Checks.index("position", position, votes.length)];
  }

  /**
   * The positions through which most came, for or against, the strongest first.
   *
   * @param count how many, at least 0
   */
  public List<Source> strongest(int count) {
    return ranked(position -> (double) Math.abs(votes[position]), count);
  }

  /**
   * The positions it looked at most, the first one first.
   *
   * @param count how many, at least 0
   */
  public List<Source> mostLookedAt(int count) {
    return ranked(position -> probabilities[position], count);
  }

  /** Bytes of all numbers: two for each position. */
  public long bytes() {
    return 2L * Float.BYTES * votes.length;
  }

  private List<Source> ranked(ToDoubleFunction<Integer> key, int count) {
    Checks.count("count", count);
    return IntStream.range(0, votes.length).boxed().sorted(Comparator.comparingDouble(key).reversed()).limit(count)
        .map(position -> new Source(position, probabilities[position], votes[position])).toList();
  }
}
