package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.trace.Positions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Where a logit lens reads, and what is kept of what it reads. The final choice of each position is always followed, and so
 * is the token that comes next in the text; where one is decided, the most probable other one too. Immutable.
 *
 * @param positions at which it reads
 * @param top how many of the most probable tokens of each reading are kept, at least 1
 * @param followed further tokens whose ranks and probabilities are kept
 */
public record LensPlan(Positions positions, int top, List<Integer> followed) {

  private static final int USUAL_TOP = 5;

  public LensPlan {
    Objects.requireNonNull(positions, "positions");
    followed = List.copyOf(followed);
    if (top < 1) throw new InvalidArgumentException("top is " + top + "; at least the best token is kept");
  }

  /** Wherever a token is decided, with the best 5 tokens of each reading. */
  public static LensPlan atDecisions() {
    return at(Positions.last());
  }

  /** At these positions, with the best 5 tokens of each reading. */
  public static LensPlan at(Positions positions) {
    return new LensPlan(positions, USUAL_TOP, List.of());
  }

  public LensPlan withTop(int newTop) {
    return new LensPlan(positions, newTop, followed);
  }

  /** Follows these tokens. */
  public LensPlan following(int... tokens) {
    return new LensPlan(positions, top, Arrays.stream(tokens).boxed().toList());
  }
}
