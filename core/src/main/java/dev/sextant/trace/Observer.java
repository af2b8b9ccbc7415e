package dev.sextant.trace;

/** Looks on while a session computes. Called on the thread that computes; what it throws ends the pass unchanged. */
@FunctionalInterface
public interface Observer {
  /**
   * A station is passed. Long prompts run in pieces, so a station may be passed several times with growing positions.
   *
   * @param station where
   * @param layer which block, from 0; 0 for stations outside the blocks
   * @param rows what is there now; live, valid only during this call
   */
  void at(Station station, int layer, LiveRows rows);
}
