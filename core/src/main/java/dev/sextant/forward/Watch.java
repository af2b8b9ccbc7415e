package dev.sextant.forward;

import dev.sextant.kernel.Rows;
import dev.sextant.trace.Station;
import java.util.List;

/** Who is called at which stations. Where nobody is, passing a station costs one test. */
public final class Watch {
  /** For each layer, a bit for each station. */
  private final long[] wanted;
  private final List<Visitor> visitors;

  /** Nobody is called. */
  public Watch(int layers) {
    this(layers, List.of());
  }

  /**
   * @param layers how many the model has
   * @param visitors called one after the other
   */
  public Watch(int layers, List<? extends Visitor> visitors) {
    this.wanted = new long[layers];
    this.visitors = List.copyOf(visitors);
    for (int layer = 0; layer < layers; layer++)
      for (Station station : Station.values())
        if (anyWants(station, layer)) wanted[layer] |= 1L << station.ordinal();
  }

  private boolean anyWants(Station station, int layer) {
    return visitors.stream().anyMatch(visitor -> visitor.wants(station, layer));
  }

  boolean wants(Station station, int layer) {
    return (wanted[layer] & 1L << station.ordinal()) != 0;
  }

  /** The first of so many tokens, the first of them at a position, for which anyone is called; {@code tokens}: none. */
  int first(Station station, int layer, int position, int tokens) {
    if (!wants(station, layer)) return tokens;
    int first = tokens;
    for (Visitor visitor : visitors)
      if (visitor.wants(station, layer)) first = Math.min(first, visitor.first(station, layer, position, tokens));
    return first;
  }

  void at(Station station, int layer, int position, Rows rows) {
    if (!wants(station, layer)) return;
    for (Visitor visitor : visitors) if (visitor.wants(station, layer)) visitor.at(station, layer, position, rows);
  }
}
