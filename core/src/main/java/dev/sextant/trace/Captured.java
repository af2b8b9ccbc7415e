package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was kept of a run, or of the pass of one token, by station and layer. Immutable. */
public final class Captured {
  private record Place(Station station, int layer) {}

  private final Map<Place, CapturedRows> rows;

  private Captured(Map<Place, CapturedRows> rows) {
    this.rows = rows;
  }

  /** All these rows. */
  public static Captured of(Collection<CapturedRows> parts) {
    Map<Place, CapturedRows> rows = new LinkedHashMap<>();
    for (CapturedRows part : parts) rows.put(new Place(part.station(), part.layer()), part);
    return new Captured(rows);
  }

  /** What was kept of successive passes of one run. Copies no numbers. */
  public static Captured join(List<Captured> passes) {
    Map<Place, List<CapturedRows>> parts = new LinkedHashMap<>();
    for (Captured pass : passes)
      pass.rows.forEach((place, rows) -> parts.computeIfAbsent(place, _ -> new ArrayList<>()).add(rows));
    return of(parts.values().stream().map(CapturedRows::join).toList());
  }

  /** What was kept at a station outside the blocks. */
  public CapturedRows at(Station station) {
    if (station.isInBlock())
      throw new InvalidArgumentException("station " + station + " is in every block; name a layer");
    return at(station, 0);
  }

  /**
   * What was kept at a station of a layer.
   *
   * @throws InvalidArgumentException if nothing was: not asked for, or the model does not pass it there
   */
  public CapturedRows at(Station station, int layer) {
    CapturedRows found = rows.get(new Place(station, layer));
    if (found != null) return found;
    List<Integer> layers = layers(station);
    throw new InvalidArgumentException("nothing was captured at " + station + " of layer " + layer
        + (layers.isEmpty() ? "; captured stations: " + stations() : "; captured layers: " + layers));
  }

  /** Whether something was kept at a station of a layer. */
  public boolean has(Station station, int layer) {
    return rows.containsKey(new Place(station, layer));
  }

  /** The stations at which something was kept, in the order of the journey. */
  public Set<Station> stations() {
    Set<Station> stations = EnumSet.noneOf(Station.class);
    for (Place place : rows.keySet()) stations.add(place.station);
    return stations;
  }

  /** The layers in which something was kept at a station, ascending; 0 for stations outside the blocks. */
  public List<Integer> layers(Station station) {
    return rows.keySet().stream().filter(place -> place.station == station).map(Place::layer).sorted().toList();
  }

  /** Bytes of all numbers. */
  public long bytes() {
    return rows.values().stream().mapToLong(CapturedRows::bytes).sum();
  }
}
