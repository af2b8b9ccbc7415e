package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What is to be kept of a run: some stations, and of each some layers, heads and positions. What is not named is neither
 * computed for its own sake nor copied. A station that a model does not pass gives nothing. Immutable.
 */
public final class CapturePlan {
  private static final CapturePlan NOTHING = new CapturePlan(new EnumMap<>(Station.class));

  private final Map<Station, Selection> selections;

  private CapturePlan(Map<Station, Selection> selections) {
    this.selections = Collections.unmodifiableMap(selections);
  }

  /** Keeps nothing. */
  public static CapturePlan nothing() {
    return NOTHING;
  }

  /** Keeps all that passes these stations. */
  public static CapturePlan of(Station... stations) {
    return of(List.of(stations));
  }

  /** Keeps all that passes these stations. */
  public static CapturePlan of(Collection<Station> stations) {
    Map<Station, Selection> selections = new EnumMap<>(Station.class);
    for (Station station : stations) selections.put(station, Selection.ALL);
    return new CapturePlan(selections);
  }

  /** Keeps all that passes any station. */
  public static CapturePlan everything() {
    return of(Station.values());
  }

  /** Of all stations named so far, these layers only. Stations outside the blocks are not concerned. */
  public CapturePlan layers(int... layers) {
    return each(selection -> selection.withLayers(layers));
  }

  /** Of all stations named so far, these query heads only, where a station is by head. */
  public CapturePlan heads(int... heads) {
    return each(selection -> selection.withHeads(heads));
  }

  /** Of all stations named so far, these positions only. */
  public CapturePlan positions(Positions positions) {
    return each(selection -> selection.withPositions(positions));
  }

  /**
   * What this keeps and what the other keeps.
   *
   * @throws InvalidArgumentException if both name a station
   */
  public CapturePlan and(CapturePlan other) {
    Map<Station, Selection> both = new EnumMap<>(Station.class);
    both.putAll(selections);
    other.selections.forEach((station, selection) -> {
      if (both.put(station, selection) != null)
        throw new InvalidArgumentException(
            "station " + station + " is captured already; name it once, with all that is wanted of it");
    });
    return new CapturePlan(both);
  }

  /** The stations something is kept of, in the order of the journey. */
  public Set<Station> stations() {
    return selections.keySet();
  }

  /** What is kept of a station; it must be one of {@link #stations()}. */
  public Selection selection(Station station) {
    Selection selection = selections.get(station);
    if (selection == null)
      throw new InvalidArgumentException("station " + station + " is not captured; captured: " + stations());
    return selection;
  }

  private CapturePlan each(UnaryOperator<Selection> change) {
    if (selections.isEmpty())
      throw new InvalidArgumentException("no station is captured yet that could be restricted; name some first");
    Map<Station, Selection> changed = new EnumMap<>(Station.class);
    selections.forEach((station, selection) -> changed.put(station, change.apply(selection)));
    return new CapturePlan(changed);
  }

  @Override
  public String toString() {
    return "CapturePlan" + selections;
  }
}
