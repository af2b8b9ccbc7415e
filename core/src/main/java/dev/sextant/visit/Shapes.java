package dev.sextant.visit;

import dev.sextant.InvalidArgumentException;
import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.architecture.Sizes;
import dev.sextant.trace.Selection;
import dev.sextant.trace.Station;
import java.util.List;
import java.util.stream.IntStream;

/** What passes the stations of one model: where, and how many numbers for each token. */
public final class Shapes {
  private final Blueprint blueprint;
  private final Sizes sizes;
  private final boolean learnedPositions;

  /**
   * @param learnedPositions whether the model has them
   */
  public Shapes(Blueprint blueprint, boolean learnedPositions) {
    this.blueprint = blueprint;
    this.sizes = blueprint.sizes();
    this.learnedPositions = learnedPositions;
  }

  public Sizes sizes() {
    return sizes;
  }

  /** Whether a station is passed in a layer. */
  public boolean passes(Station station, int layer) {
    if (!station.isInBlock() && layer > 0) return false;
    return switch (station) {
      case POSITION -> learnedPositions;
      case RESIDUAL_MID -> !blueprint.stream().parallel();
      case ROUTER, EXPERTS, EXPERT_WEIGHTS -> isRouted(layer);
      default -> true;
    };
  }

  /** Whether a layer has a mixture of experts. */
  public boolean isRouted(int layer) {
    return blueprint.experts() != null && blueprint.layers().get(layer).routed();
  }

  /** Heads as the station counts them: key/value heads, query heads, or 1 where it is not by head. */
  public int heads(Station station) {
    return switch (station) {
      case KEYS, VALUES -> sizes.keyValueHeads();
      default -> station.isByHead() ? sizes.heads() : 1;
    };
  }

  /** The selected heads, as the station counts them, ascending; of keys and values, those that the selected ones read. */
  public int[] heads(Station station, Selection selection) {
    if (!station.isByHead()) return new int[] {0};
    int share = sizes.heads() / heads(station);
    return IntStream.range(0, sizes.heads()).filter(selection::hasHead).map(head -> head / share).distinct().toArray();
  }

  /** How many numbers one head's part of a token has, or the whole where a station is not by head. */
  public int width(Station station, int layer, int position) {
    return switch (station) {
      case QUERIES, KEYS, VALUES, MIXED -> sizes.headWidth();
      case SCORES, PROBABILITIES -> position + 1;
      case ROUTER -> experts().count();
      case EXPERTS, EXPERT_WEIGHTS -> experts().chosen();
      case MLP_ACTIVATIONS -> isRouted(layer) ? experts().chosen() * experts().mlp() : sizes.mlp();
      case LOGITS -> sizes.vocabulary();
      default -> sizes.hidden();
    };
  }

  /** How many rows of a station belong to one token. */
  int rowsPerToken(Station station, int layer) {
    return switch (station) {
      case SCORES, PROBABILITIES, HEAD_WRITES -> sizes.heads();
      case MLP_ACTIVATIONS -> isRouted(layer) ? experts().chosen() : 1;
      default -> 1;
    };
  }

  private Experts experts() {
    Experts experts = blueprint.experts();
    if (experts == null) throw new IllegalStateException("the model has no experts");
    return experts;
  }

  /** Throws if a selection names what the model does not have, or a position that is not reached. */
  public void require(String what, Selection selection, int positions) {
    requireBelow(what, "layer", selection.layers(), sizes.layers());
    requireBelow(what, "head", selection.heads(), sizes.heads());
    int highest = selection.positions().highestNamed();
    if (highest >= positions)
      throw new InvalidArgumentException(
          what + ": position " + highest + " is not reached; the run passes positions 0.."
              + (positions - 1));
  }

  private static void requireBelow(String what, String name, List<Integer> numbers, int count) {
    for (int number : numbers) {
      if (number >= count)
        throw new InvalidArgumentException(what + ": there is no " + name + " " + number + "; the model has " + count
            + " (0.." + (count - 1) + ")");
    }
  }
}
