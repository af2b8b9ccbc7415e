package dev.sextant;

/**
 * What a journey will hold in memory when it is complete, said before it runs. Numbers are counted, as
 * {@link Journey#bytes()} counts them, not the objects around them, which are few where rows are wide, but of a lens outweigh
 * its numbers (docs/itinerary.md).
 *
 * @param capturedBytes of the numbers captured at stations
 * @param logitBytes of the logits behind each decided token
 * @param voteBytes of the votes for each decided token
 * @param lensBytes of what lenses read, at most: less where a token to be followed is the final choice as well
 */
public record Forecast(long capturedBytes, long logitBytes, long voteBytes, long lensBytes) {
  /** All together. Not counted: the key/value cache, which {@link Session#cacheBytes} tells. */
  public long bytes() {
    return Math.addExact(Math.addExact(capturedBytes, logitBytes), Math.addExact(voteBytes, lensBytes));
  }
}
