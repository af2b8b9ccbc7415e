package dev.sextant.report;

import dev.sextant.trace.Captured;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An expert that a mixture chose for a token.
 *
 * @param expert its number, from 0
 * @param weight what its answer is multiplied with, in 0..1
 */
record ExpertChoice(int expert, double weight) {

  /** Those chosen in a layer, the most probable first; none where it has a plain MLP. */
  static List<ExpertChoice> at(Material material, int layer, int position) {
    Captured captured = material.journey().captured();
    if (!captured.has(Station.EXPERTS, layer)) return List.of();
    CapturedRows experts = captured.at(Station.EXPERTS, layer);
    CapturedRows weights = captured.at(Station.EXPERT_WEIGHTS, layer);
    return IntStream.range(0, experts.width(position))
        .mapToObj(i -> new ExpertChoice((int) experts.get(position, i), weights.get(position, i))).toList();
  }

  /** How many experts there are in each layer that has any; 0 where none has. */
  static int experts(Material material) {
    Captured captured = material.journey().captured();
    List<Integer> layers = captured.layers(Station.ROUTER);
    return layers.isEmpty() ? 0 : captured.at(Station.ROUTER, layers.getFirst()).width(0);
  }
}
