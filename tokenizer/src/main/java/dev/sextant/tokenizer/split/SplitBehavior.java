package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;

/** What becomes of the matches when a text is split at them. */
enum SplitBehavior {
  /** They vanish. */
  REMOVED("Removed", (held, next) -> false),
  /** Each is a piece. */
  ISOLATED("Isolated", (held, next) -> false),
  /** Matches that touch are one piece. */
  CONTIGUOUS("Contiguous", (held, next) -> held == next),
  /** A match ends the piece before it. */
  MERGED_WITH_PREVIOUS("MergedWithPrevious", (held, next) -> !held && next),
  /** A match begins the piece behind it. */
  MERGED_WITH_NEXT("MergedWithNext", (held, next) -> held && !next);

  private final String spelling;
  private final Joining joining;

  /** Whether a segment joins the one before it, by whether they are matches. */
  @FunctionalInterface
  private interface Joining {
    boolean joins(boolean held, boolean next);
  }

  SplitBehavior(String spelling, Joining joining) {
    this.spelling = spelling;
    this.joining = joining;
  }

  /** Whether a segment joins the one before it; each is a match or lies between matches. */
  boolean joins(boolean heldIsMatch, boolean nextIsMatch) {
    return joining.joins(heldIsMatch, nextIsMatch);
  }

  static SplitBehavior read(Json json) {
    for (SplitBehavior behavior : values()) {
      if (behavior.spelling.equals(json.text())) {
        return behavior;
      }
    }
    throw json.unsupported("split behavior", json.text());
  }
}
