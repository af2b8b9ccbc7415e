package dev.sextant;

import dev.sextant.report.text.Visible;
import java.time.Duration;
import java.util.List;

/**
 * A finished generation.
 *
 * @param text the generated text, without the prompt, special tokens, and whatever follows a stop string
 * @param promptIds the ids it went on from
 * @param tokens what was generated, an end token included
 * @param stopReason why it ended
 * @param seed of the random numbers: with it and the same settings a drawn text comes again; greedy choices use none
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

  /** Tokens per second after the first, whose pass is the prompt's; 0 for fewer than two tokens. */
  public double tokensPerSecond() {
    if (tokens.size() < 2) return 0;
    return (tokens.size() - 1) / Math.max(1e-9, timings.generation().toNanos() / 1e9);
  }

  /** As records have it, but what is in a text cannot move a cursor. */
  @Override
  public String toString() {
    return "Generation[text=" + Visible.quoted(text) + ", promptIds=" + promptIds + ", tokens=" + tokens
        + ", stopReason="
        + stopReason + ", seed=" + seed + ", timings=" + timings + "]";
  }
}
