package dev.sextant.tokenizer.split;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.text.TextPattern;

/** What becomes of the matches when a text is split at them. */
public enum SplitBehavior {
  /** They vanish. */
  REMOVED("Removed") {
    @Override
    Collector collector(Pieces pieces) {
      return new Collector(pieces) {
        @Override
        public void segment(int from, int to, boolean match) {
          if (!match) {
            pieces.add(from, to);
          }
        }
      };
    }
  },
  /** Each is a piece. */
  ISOLATED("Isolated") {
    @Override
    Collector collector(Pieces pieces) {
      return new Collector(pieces) {
        @Override
        public void segment(int from, int to, boolean match) {
          pieces.add(from, to);
        }
      };
    }
  },
  /** Matches that touch are one piece. */
  CONTIGUOUS("Contiguous") {
    @Override
    Collector collector(Pieces pieces) {
      return new Held(pieces) {
        @Override
        boolean extends_(boolean match) {
          return match == heldMatch;
        }
      };
    }
  },
  /** A match ends the piece before it. */
  MERGED_WITH_PREVIOUS("MergedWithPrevious") {
    @Override
    Collector collector(Pieces pieces) {
      return new Held(pieces) {
        @Override
        boolean extends_(boolean match) {
          return match && !heldMatch;
        }
      };
    }
  },
  /** A match begins the piece behind it. */
  MERGED_WITH_NEXT("MergedWithNext") {
    @Override
    Collector collector(Pieces pieces) {
      return new Held(pieces) {
        @Override
        boolean extends_(boolean match) {
          return heldMatch && !match;
        }
      };
    }
  };

  private final String spelling;

  SplitBehavior(String spelling) {
    this.spelling = spelling;
  }

  /** What turns the segments of a text into its pieces. */
  abstract Collector collector(Pieces pieces);

  static SplitBehavior read(Json json) {
    for (SplitBehavior behavior : values()) {
      if (behavior.spelling.equals(json.text())) {
        return behavior;
      }
    }
    throw json.unsupported("split behavior", json.text());
  }

  /** Takes segments, gives pieces. */
  abstract static class Collector implements TextPattern.Segments {
    final Pieces pieces;

    Collector(Pieces pieces) {
      this.pieces = pieces;
    }

    /** Ends a range: pieces do not reach over its end. */
    void flush() {}
  }

  /** Holds a segment back until it is known what joins it. */
  private abstract static class Held extends Collector {
    private int heldFrom = -1;
    private int heldTo;
    boolean heldMatch;

    Held(Pieces pieces) {
      super(pieces);
    }

    /** Whether the next segment joins the held one. */
    abstract boolean extends_(boolean match);

    @Override
    public void segment(int from, int to, boolean match) {
      if (heldFrom >= 0 && extends_(match)) {
        heldTo = to;
      } else {
        flush();
        heldFrom = from;
        heldTo = to;
      }
      heldMatch = match;
    }

    @Override
    void flush() {
      if (heldFrom >= 0) {
        pieces.add(heldFrom, heldTo);
      }
      heldFrom = -1;
    }
  }
}
