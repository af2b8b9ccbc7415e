package dev.sextant;

/**
 * What a journey will hold in memory when it is complete, said before it runs.
 *
 * @param capturedBytes of the numbers captured at stations
 * @param logitBytes of the logits behind each decided token
 */
public record Forecast(long capturedBytes, long logitBytes) {
  /** Both together. The key/value cache is not counted; {@link Session#cacheBytes} tells it. */
  public long bytes() {
    return Math.addExact(capturedBytes, logitBytes);
  }
}
