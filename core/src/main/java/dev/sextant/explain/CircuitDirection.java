package dev.sextant.explain;

import dev.sextant.numeric.LowRank;

/**
 * One direction of a head's circuit: a singular value with its two vectors, each of length 1 [hidden]. With both signs
 * turned round it is the same direction; given is the one in which the largest number of {@link #here} is positive.
 * Immutable.
 */
public final class CircuitDirection {
  private final double strength;
  private final double share;
  private final float[] here;
  private final float[] there;

  CircuitDirection(LowRank.Singular singular, double share) {
    this.strength = singular.value();
    this.share = share;
    here = floats(singular.left());
    there = floats(singular.right());
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) floats[i] = (float) doubles[i];
    return floats;
  }

  /** The singular value: how much stronger what comes out is than what went in; positive. */
  public double strength() {
    return strength;
  }

  /** The share of its square in those of all directions of the circuit, in 0..1. */
  public double share() {
    return share;
  }

  /** At the token that looks: what is written to it (OV), or what it holds that makes it look (QK); a copy. */
  public float[] here() {
    return here.clone();
  }

  /** At the token looked at: what is read of it (OV), or what it holds that is looked for (QK); a copy. */
  public float[] there() {
    return there.clone();
  }
}
