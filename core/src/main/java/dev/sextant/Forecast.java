package dev.sextant;

/**
 * What a journey will hold in memory when it is complete, said before it runs.
 *
 * @param capturedBytes of the numbers captured at stations
 * @param logitBytes of the logits behind each decided token
 */
public record Forecast(long capturedBytes, long logitBytes) {
  /**
   * Both together. Not counted: the key/value cache, which {@link Session#cacheBytes} tells, and votes and lenses, a few
   * numbers for each part of the model.
   */
  public long bytes() {
    return Math.addExact(capturedBytes, logitBytes);
  }
}
