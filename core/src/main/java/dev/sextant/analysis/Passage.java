package dev.sextant.analysis;

import dev.sextant.InvalidArgumentException;
import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.architecture.Sizes;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Captured;
import dev.sextant.trace.Station;
import java.util.Arrays;

/**
 * What one position went through on its way to the logits, as far as its votes ask. Buffers, filled again for each token.
 */
final class Passage {
  private final Sizes sizes;
  /** What entered the first block [1, hidden]. */
  final Rows embedding;
  /** The residual stream behind the last block [1, hidden]. */
  final Rows stream;
  /** The values mixed by all heads [layers, heads · head width]. */
  final Rows mixed;
  /** What the MLPs added [layers, hidden]. */
  final Rows mlpWrites;
  /** For each layer: attention probabilities [heads, positions or more]; where they are asked for. */
  final Rows[] probabilities;
  /** For each layer: the MLP's features [1, mlp], or those of the chosen experts [chosen, mlp]; where they are asked for. */
  final Rows[] activations;
  /** For each layer with a mixture: the chosen experts, and what their answers weigh [1, chosen]. */
  final Rows[] experts;
  final Rows[] expertWeights;
  /** The position; -1 before there is one. */
  int position = -1;

  Passage(Blueprint blueprint) {
    sizes = blueprint.sizes();
    embedding = new Rows(sizes.hidden()).resize(1);
    stream = new Rows(sizes.hidden()).resize(1);
    mixed = new Rows(sizes.queryWidth()).resize(sizes.layers());
    mlpWrites = new Rows(sizes.hidden()).resize(sizes.layers());
    probabilities = new Rows[sizes.layers()];
    activations = new Rows[sizes.layers()];
    experts = new Rows[sizes.layers()];
    expertWeights = new Rows[sizes.layers()];
    Experts mixture = blueprint.experts();
    Arrays.setAll(probabilities, _ -> new Rows(0));
    for (int layer = 0; layer < sizes.layers(); layer++) {
      boolean routed = mixture != null && blueprint.layers().get(layer).routed();
      activations[layer] = new Rows(routed ? mixture.mlp() : sizes.mlp()).resize(routed ? mixture.chosen() : 1);
      experts[layer] = new Rows(routed ? mixture.chosen() : 0).resize(1);
      expertWeights[layer] = new Rows(routed ? mixture.chosen() : 0).resize(1);
    }
  }

  int last() {
    return sizes.layers() - 1;
  }

  /** Rows of a buffer. */
  private record Place(Rows rows, int row, int count) {}

  /** Where the numbers of a station go; probabilities have as many as there are positions. */
  private Place place(Station station, int layer, int positions) {
    return switch (station) {
      case EMBEDDING -> new Place(embedding, 0, 1);
      case RESIDUAL_POST -> new Place(stream, 0, 1);
      case MIXED -> new Place(mixed, layer, 1);
      case MLP_WRITE -> new Place(mlpWrites, layer, 1);
      case PROBABILITIES -> new Place(room(layer, positions), 0, sizes.heads());
      case MLP_ACTIVATIONS -> new Place(activations[layer], 0, activations[layer].rows());
      case EXPERTS -> new Place(experts[layer], 0, 1);
      case EXPERT_WEIGHTS -> new Place(expertWeights[layer], 0, 1);
      default -> throw new IllegalArgumentException(station + " has no vote");
    };
  }

  /** Room for the probabilities of a layer; grows by half, since texts grow by one. */
  private Rows room(int layer, int positions) {
    if (probabilities[layer].width() < positions) probabilities[layer] = new Rows(positions + positions / 2);
    return probabilities[layer].resize(sizes.heads());
  }

  /** Takes what the last token of a pass has at a station. */
  void take(Station station, int layer, int first, Rows all) {
    Place place = place(station, layer, all.width());
    int tokens = all.rows() / place.count;
    for (int i = 0; i < place.count; i++) {
      int from = all.at((tokens - 1) * place.count + i);
      System.arraycopy(all.data(), from, place.rows.data(), place.rows.at(place.row + i), all.width());
    }
    position = first + tokens - 1;
  }

  /** Whether this model passes a station in a layer. */
  boolean passes(Station station, int layer) {
    return switch (station) {
      case EXPERTS, EXPERT_WEIGHTS -> experts[layer].width() > 0;
      default -> station.isInBlock() || layer == 0;
    };
  }

  /** Takes what was captured of a position. */
  void take(Station station, int layer, Captured captured, int at) {
    Place place = place(station, layer, at + 1);
    float[] row = captured.at(station, layer).row(at);
    int width = station == Station.PROBABILITIES ? at + 1 : place.rows.width();
    if (row.length != width * place.count)
      throw new InvalidArgumentException("of " + captured.at(station, layer) + " there are " + row.length
          + " numbers for a position; votes need all " + width * place.count + ", of all heads");
    for (int i = 0; i < place.count; i++)
      System.arraycopy(row, i * width, place.rows.data(), place.rows.at(place.row + i), width);
    position = at;
  }
}
