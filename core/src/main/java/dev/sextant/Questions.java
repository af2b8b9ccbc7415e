package dev.sextant;

import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a journey is asked about each decided token.
 *
 * @param contests what votes are counted for
 * @param lens where a lens reads; null: nowhere
 */
record Questions(List<Contest> contests, @Nullable LensPlan lens) {
  static final Questions NONE = new Questions(List.of(), null);

  Questions { contests = List.copyOf(contests); }

  /** The ids of all tokens that are named. */
  int[] tokens() {
    IntStream rivals = contests.stream().flatMapToInt(contest -> IntStream.of(contest.tokenA(), contest.tokenB()))
        .filter(id -> id >= 0);
    IntStream followed = lens == null ? IntStream.empty() : lens.followed().stream().mapToInt(Integer::intValue);
    return IntStream.concat(rivals, followed).toArray();
  }
}
