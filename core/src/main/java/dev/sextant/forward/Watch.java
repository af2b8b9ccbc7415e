package dev.sextant.forward;

import dev.sextant.kernel.Rows;
import dev.sextant.trace.LiveRows;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.Set;

/** Who looks on, and where. When nobody does, passing a station costs one test. */
public final class Watch {
  /** Nobody looks on. */
  public static final Watch NOBODY = new Watch(Set.of(), (_, _, _) -> {});

  private final long wanted;
  private final Observer observer;

  public Watch(Set<Station> stations, Observer observer) {
    this.wanted = stations.stream().mapToLong(station -> 1L << station.ordinal()).reduce(0, (a, b) -> a | b);
    this.observer = observer;
  }

  boolean wants(Station station) {
    return (wanted & 1L << station.ordinal()) != 0;
  }

  void at(Station station, int layer, int firstPosition, Rows rows) {
    if (!wants(station)) return;
    observer.at(station, layer, new LiveRows(firstPosition, rows.rows(), rows.width(), rows.data()));
  }
}
