package dev.sextant.visit;

import dev.sextant.forward.Visitor;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.Set;

/** Lets a user's observer look on. */
public record Onlooker(Set<Station> stations, Observer observer) implements Visitor {
  public Onlooker { stations = Set.copyOf(stations); }

  @Override
  public boolean wants(Station station, int layer) {
    return stations.contains(station);
  }

  @Override
  public int first(Station station, int layer, int position, int tokens) {
    return 0;
  }

  @Override
  public void at(Station station, int layer, int position, Rows rows) {
    observer.at(station, layer, new LiveRows(position, rows.rows(), rows.width(), rows.data()));
  }
}
