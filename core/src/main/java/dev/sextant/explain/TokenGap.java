package dev.sextant.explain;

import dev.sextant.Distribution;

/**
 * How far apart two journeys are in what they said of one decided token.
 *
 * @param index of the token, 0 for the first decided one
 * @param idA what was chosen in the first journey
 * @param idB what was chosen in the second
 * @param klDivergence of the second's distribution from the first's, in nats: {@link Distribution#klDivergence}
 * @param jsDivergence of both, in nats, at most log 2
 */
public record TokenGap(int index, int idA, int idB, double klDivergence, double jsDivergence) {
  /** Whether both chose the same. */
  public boolean isSame() {
    return idA == idB;
  }
}
