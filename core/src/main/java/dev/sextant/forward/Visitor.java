package dev.sextant.forward;

import dev.sextant.kernel.Rows;
import dev.sextant.trace.Station;

/** Someone who is called at stations of a running pass, looks on, or changes what is there. */
public interface Visitor {
  /** Whether it is to be called at a station of a layer at all. Asked once, before the first pass. */
  boolean wants(Station station, int layer);

  /**
   * Which token of a pass is the first it is to be called for. Stations that are costly are computed from there on only.
   *
   * @param position of the first of so many tokens
   * @return in [0, tokens]; {@code tokens}: none
   */
  int first(Station station, int layer, int position, int tokens);

  /**
   * A station is passed.
   *
   * @param position of the first token in the rows
   * @param rows what is there, shaped as {@link Station} says; live
   */
  void at(Station station, int layer, int position, Rows rows);
}
