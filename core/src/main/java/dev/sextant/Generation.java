package dev.sextant;

import java.time.Duration;
import java.util.List;

/**
 * A finished generation.
 *
 * @param text the generated text, without the prompt, special tokens, and whatever follows a stop string
 * @param promptIds the ids it went on from
 * @param tokens what was generated, an end token included
 * @param stopReason why it ended
 * @param seed with which it can be repeated
 * @param timings how long it took
 */
public record Generation(String text, List<Integer> promptIds, List<GeneratedToken> tokens, StopReason stopReason,
    long seed,
    Timings timings) {
  public Generation {
    promptIds = List.copyOf(promptIds);
    tokens = List.copyOf(tokens);
  }

  /**
   * Where the time went.
   *
   * @param prompt reading the prompt
   * @param generation producing the tokens
   */
  public record Timings(Duration prompt, Duration generation) {}

  /** The generated ids, an end token included. */
  public int[] ids() {
    return tokens.stream().mapToInt(GeneratedToken::id).toArray();
  }

  /** The natural logarithms of the tokens' probabilities by the model itself. */
  public double[] logProbabilities() {
    return tokens.stream().mapToDouble(GeneratedToken::logProbability).toArray();
  }

  /** Generated tokens per second, the prompt not counted. */
  public double tokensPerSecond() {
    return tokens.size() / Math.max(1e-9, timings.generation().toNanos() / 1e9);
  }
}
