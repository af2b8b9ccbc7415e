package dev.sextant.analysis;

import dev.sextant.architecture.Blueprint;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.forward.Visitor;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Captured;
import dev.sextant.trace.Station;
import dev.sextant.weights.Weights;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sees what the last token of each pass goes through and counts its votes when it is decided. Keeps one position, whatever
 * the length of the text. One thread at a time.
 */
public final class Witness implements Visitor {
  private final List<Contest> contests;
  private final Set<Station> stations;
  private final Passage passage;
  private final Attribution attribution;

  /**
   * @param contests what votes will be counted for
   * @param engine of its own
   */
  public Witness(List<Contest> contests, Blueprint blueprint, Weights weights, Engine engine) {
    this.contests = List.copyOf(contests);
    this.stations = EnumSet.noneOf(Station.class);
    for (Contest contest : contests) stations.addAll(contest.stations());
    stations.remove(Station.VALUES); // the text's cache has them
    this.passage = new Passage(blueprint);
    this.attribution = new Attribution(blueprint, weights, engine);
  }

  @Override
  public boolean wants(Station station, int layer) {
    return stations.contains(station) && (station != Station.RESIDUAL_POST || layer == passage.last());
  }

  @Override
  public int first(Station station, int layer, int position, int tokens) {
    return tokens - 1; // a long prompt passes in pieces, and any may be the last
  }

  @Override
  public void at(Station station, int layer, int position, Rows rows) {
    passage.take(station, layer, position, rows);
  }

  /**
   * Takes what was captured of a position instead.
   *
   * @throws dev.sextant.InvalidArgumentException if something is missing there
   */
  public void take(Captured captured, int position) {
    for (Station station : stations)
      for (int layer = 0; layer <= passage.last(); layer++)
        if (wants(station, layer) && passage.passes(station, layer)) passage.take(station, layer, captured, position);
  }

  /**
   * Counts the votes of the last token that passed, for each contest.
   *
   * @param chosen the decided token
   * @param logits what the model said behind it
   * @param values of the text so far
   * @param changed whether interventions were made
   */
  public List<Votes> count(int chosen, float[] logits, Values values, boolean changed) {
    return contests.stream()
        .map(contest -> attribution.count(passage, contest.settled(chosen, logits), logits, values, changed)).toList();
  }
}
