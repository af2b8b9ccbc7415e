package dev.sextant.analysis;

import dev.sextant.architecture.Sizes;
import dev.sextant.explain.Part;
import dev.sextant.explain.Sources;
import dev.sextant.explain.Vote;
import dev.sextant.explain.Votes;
import dev.sextant.kernel.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits what heads say by the positions it came through: a head mixes values, and each value has its own vote. */
final class SourceVotes {
  private final Sizes sizes;
  private final Rows pulled;

  /**
   * @param pulled what a unit of each mixed value adds [layers, heads · head width]; read when votes are counted
   */
  SourceVotes(Sizes sizes, Rows pulled) {
    this.sizes = sizes;
    this.pulled = pulled;
  }

  /** The heads with the strongest votes, so many of them. */
  List<Sources> count(Passage passage, int count, List<Votes.Block> blocks, Values values) {
    if (count == 0) return List.of();
    List<Vote> votes = new ArrayList<>();
    for (int layer = 0; layer < sizes.layers(); layer++) {
      double[] heads = blocks.get(layer).heads();
      for (int head = 0; head < heads.length; head++) votes.add(new Vote(new Part.Head(layer, head), heads[head]));
    }
    votes.sort(Comparator.comparingDouble(vote -> -Math.abs(vote.value())));
    return votes.stream().limit(count).map(vote -> split((Part.Head) vote.part(), passage, values)).toList();
  }

  private Sources split(Part.Head head, Passage passage, Values values) {
    int layer = head.layer();
    Rows rows = passage.probabilities[layer];
    int positions = passage.position + 1;
    float[] probabilities = new float[positions];
    System.arraycopy(rows.data(), rows.at(head.head()), probabilities, 0, positions);
    float[] votes = new float[positions];
    float[] value = new float[sizes.headWidth()];
    int shared = sizes.heads() / sizes.keyValueHeads();
    int at = pulled.at(layer) + head.head() * value.length;
    for (int p = 0; p < positions; p++) {
      if (probabilities[p] == 0) continue;
      values.copy(layer, head.head() / shared, p, value);
      votes[p] = (float) (probabilities[p] * Norms.dot(value, 0, pulled.data(), at, value.length));
    }
    return new Sources(head, probabilities, votes);
  }
}
