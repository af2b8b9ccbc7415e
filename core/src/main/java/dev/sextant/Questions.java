package dev.sextant;

import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import java.util.List;
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
}
