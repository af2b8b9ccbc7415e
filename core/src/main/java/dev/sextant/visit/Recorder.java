package dev.sextant.visit;

import dev.sextant.forward.Visitor;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Captured;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps copies of what a plan asks for, until they are taken. */
public final class Recorder implements Visitor {
  /** By station and layer; null: nothing is kept there. */
  private final @Nullable Shelf[][] shelves;

  /**
   * @param promptLength tokens of the prompt
   */
  public Recorder(CapturePlan plan, Shapes shapes, int promptLength) {
    int layers = shapes.sizes().layers();
    shelves = new Shelf[Station.values().length][layers];
    for (Station station : plan.stations()) {
      for (int layer = 0; layer < layers; layer++) {
        if (!keeps(plan, shapes, station, layer)) continue;
        shelves[station.ordinal()][layer] = new Shelf(station, layer, shapes, plan.selection(station), promptLength);
      }
    }
  }

  static boolean keeps(CapturePlan plan, Shapes shapes, Station station, int layer) {
    return shapes.passes(station, layer) && (!station.isInBlock() || plan.selection(station).hasLayer(layer));
  }

  @Override
  public boolean wants(Station station, int layer) {
    return shelves[station.ordinal()][layer] != null;
  }

  @Override
  public int first(Station station, int layer, int position, int tokens) {
    return shelf(station, layer).first(position, tokens);
  }

  @Override
  public void at(Station station, int layer, int position, Rows rows) {
    shelf(station, layer).keep(position, rows);
  }

  private Shelf shelf(Station station, int layer) {
    return Objects.requireNonNull(shelves[station.ordinal()][layer]);
  }

  /** What was kept since it was last taken. */
  public Captured take() {
    List<CapturedRows> taken = new ArrayList<>();
    for (@Nullable
    Shelf[] ofStation : shelves)
      Arrays.stream(ofStation).filter(Objects::nonNull).map(Shelf::take).forEach(taken::add);
    return Captured.of(taken);
  }
}
