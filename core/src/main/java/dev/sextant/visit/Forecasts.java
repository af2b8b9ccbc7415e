package dev.sextant.visit;

import dev.sextant.trace.CapturePlan;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Selection;
import dev.sextant.trace.Station;

/** What a plan will keep. */
public final class Forecasts {
  private Forecasts() {}

  /**
   * Throws if a plan names what the model does not have.
   *
   * @param positions how many positions the run may pass
   */
  public static void require(CapturePlan plan, Shapes shapes, int positions) {
    for (Station station : plan.stations())
      shapes.require("capture of " + station, plan.selection(station), positions);
  }

  /** Bytes of all numbers kept of a run that passes so many positions, the prompt first. */
  public static long bytes(CapturePlan plan, Shapes shapes, int promptLength, int positions) {
    require(plan, shapes, positions);
    long floats = 0;
    for (Station station : plan.stations()) {
      for (int layer = 0; layer < shapes.sizes().layers(); layer++) {
        if (!Recorder.keeps(plan, shapes, station, layer)) continue;
        long each = shapes.heads(station, plan.selection(station)).length;
        floats = Math.addExact(floats, each * ofOneHead(station, layer, plan.selection(station), shapes, promptLength,
            positions));
      }
    }
    return Math.multiplyExact(floats, Float.BYTES);
  }

  private static long ofOneHead(Station station, int layer, Selection selection, Shapes shapes, int promptLength,
      int positions) {
    Positions wanted = selection.positions();
    long floats = 0;
    for (int p = wanted.next(0, promptLength); p < positions; p = wanted.next(p + 1, promptLength))
      floats += shapes.width(station, layer, p);
    return floats;
  }
}
