package dev.sextant;

import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import java.util.List;

/**
 * What was asked about a decided token.
 *
 * @param votes one for each contest
 * @param lenses by position; that of the decided token is the last
 */
record Answers(List<Votes> votes, List<LogitLens> lenses) {
  /** Bytes of all numbers. */
  long bytes() {
    return votes.stream().mapToLong(Votes::bytes).sum() + lenses.stream().mapToLong(LogitLens::bytes).sum();
  }
}
