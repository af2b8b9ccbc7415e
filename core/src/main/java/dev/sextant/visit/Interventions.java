package dev.sextant.visit;

import dev.sextant.forward.Visitor;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Change;
import dev.sextant.trace.Station;
import java.util.List;

/** Makes changes where they are due. */
public final class Interventions implements Visitor {
  private final List<Intervention> interventions;

  /**
   * Checks the changes against the model.
   *
   * @param promptLength tokens of the prompt
   * @param positions how many positions the run may pass
   * @throws dev.sextant.InvalidArgumentException if one does not fit
   */
  public Interventions(List<Change> changes, Shapes shapes, int promptLength, int positions) {
    interventions = changes.stream().map(change -> new Intervention(change, shapes, promptLength, positions)).toList();
  }

  @Override
  public boolean wants(Station station, int layer) {
    return interventions.stream().anyMatch(intervention -> intervention.isAt(station, layer));
  }

  @Override
  public int first(Station station, int layer, int position, int tokens) {
    return 0;
  }

  @Override
  public void at(Station station, int layer, int position, Rows rows) {
    for (Intervention intervention : interventions)
      if (intervention.isAt(station, layer)) intervention.make(position, rows);
  }
}
