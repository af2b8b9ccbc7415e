package dev.sextant.analysis;

/** The values that attention could look at. */
@FunctionalInterface
public interface Values {
  /** Copies the value of one key/value head at a position [headWidth]. */
  void copy(int layer, int keyValueHead, int position, float[] into);
}
