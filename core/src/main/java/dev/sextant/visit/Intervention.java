package dev.sextant.visit;

import dev.sextant.InvalidArgumentException;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Change;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Selection;
import dev.sextant.trace.Station;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One change, as it concerns one model. */
final class Intervention {
  private final Change change;
  private final Selection where;
  private final Shapes shapes;
  private final int promptLength;
  /** As the station counts them. */
  private final int[] heads;

  Intervention(Change change, Shapes shapes, int promptLength, int positions) {
    this.change = change;
    this.where = change.where();
    this.shapes = shapes;
    this.promptLength = promptLength;
    shapes.require(change.toString(), where, positions);
    requirePassed();
    CapturedRows donor = change.donor();
    boolean asCaptured = donor != null && change.station().isByHead() && where.heads().isEmpty();
    heads = asCaptured ? donor.heads() : shapes.heads(change.station(), where);
    if (donor != null) requireDonor(donor, positions);
    else requireLength(change.vectorLength());
  }

  private void requirePassed() {
    for (int layer = 0; layer < shapes.sizes().layers(); layer++) {
      if (!isAt(change.station(), layer)) continue;
      if (!shapes.passes(change.station(), layer))
        throw new InvalidArgumentException(change + ": layer " + layer + " of this model does not pass that station");
      if (change.station() == Station.MLP_ACTIVATIONS && shapes.isRouted(layer))
        throw new InvalidArgumentException(
            change + ": layer " + layer + " is a mixture of experts; change its MLP_WRITE");
    }
  }

  private void requireLength(int length) {
    if (change.kind() == Change.Kind.SCALE) return;
    int wanted = where.heads().isEmpty() ? shapes.heads(change.station()) * width() : width();
    if (length != wanted)
      throw new InvalidArgumentException(change + ": the vector has length " + length + "; it must have " + wanted
          + (where.heads().isEmpty() ? ", the width of a row" : ", the width of a head"));
  }

  private void requireDonor(CapturedRows donor, int positions) {
    Positions wanted = where.positions();
    for (int p = wanted.next(0, promptLength); p < positions; p = wanted.next(p + 1, promptLength)) {
      int from = change.donorPosition(p);
      if (!donor.has(from))
        throw new InvalidArgumentException(change + ": position " + from + " was not captured at " + donor);
      if (donor.width(from) != width())
        throw new InvalidArgumentException(change + ": what was captured at " + donor + " has width "
            + donor.width(from) + "; this model's has " + width());
    }
    for (int head : heads) {
      if (change.station().isByHead() && Arrays.binarySearch(donor.heads(), head) < 0)
        throw new InvalidArgumentException(change + ": head " + head + " was not captured at " + donor);
      if (head >= shapes.heads(change.station()))
        throw new InvalidArgumentException(change + ": this model has no head " + head);
    }
  }

  /** Of one head, or of the row where the station is not by head. */
  private int width() {
    int layer = where.layers().isEmpty() ? 0 : where.layers().getFirst();
    return shapes.width(change.station(), layer, 0);
  }

  boolean isAt(Station station, int layer) {
    return station == change.station() && (station.isInBlock() ? where.hasLayer(layer) : layer == 0);
  }

  /** Changes the rows, the first of which is that of a position. */
  void make(int first, Rows rows) {
    Positions wanted = where.positions();
    int width = rows.width() / shapes.heads(change.station());
    for (int p = wanted.next(first, promptLength); p < first + rows.rows(); p = wanted.next(p + 1, promptLength)) {
      for (int head : heads) change.make(p, head, rows.data(), rows.at(p - first) + head * width, width);
    }
  }
}
