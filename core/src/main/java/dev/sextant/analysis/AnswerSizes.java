package dev.sextant.analysis;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Blueprint.Experts;
import dev.sextant.architecture.Sizes;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import dev.sextant.trace.Positions;

/** How large answers will be, said before anything is asked: {@link Votes#bytes} and {@link LogitLens#bytes} of a model. */
public final class AnswerSizes {
  /** Of a token that a reading keeps: its id or rank, its probability, its logit. */
  private static final int TOKEN = Integer.BYTES + Double.BYTES + Float.BYTES;

  private final Blueprint blueprint;
  private final Sizes sizes;

  public AnswerSizes(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.sizes = blueprint.sizes();
  }

  /**
   * Of the votes of so many tokens, decided one after the other.
   *
   * @param first the position of the first
   */
  public long ofVotes(Contest contest, int first, int decided) {
    long numbers = 2 + 6 + (long) sizes.layers() * (sizes.heads() + 4);
    long each = Double.BYTES * numbers + (contest.neurons() ? neurons() : 0);
    long heads = Math.min(contest.sourceHeads(), (long) sizes.layers() * sizes.heads());
    long seen = (long) decided * (first + 1) + (long) decided * (decided - 1) / 2;
    return Math.addExact(Math.multiplyExact(each, decided), Math.multiplyExact(2 * Float.BYTES * heads, seen));
  }

  private long neurons() {
    Experts experts = blueprint.experts();
    long bytes = 0;
    for (int layer = 0; layer < sizes.layers(); layer++) {
      boolean routed = experts != null && blueprint.layers().get(layer).routed();
      bytes += routed ? experts.chosen() * ofOneMlp(experts.mlp()) : ofOneMlp(sizes.mlp());
    }
    return bytes;
  }

  private static long ofOneMlp(int neurons) {
    return Double.BYTES + (long) Float.BYTES * neurons;
  }

  /**
   * At most, of all that a lens reads: a token to be followed may be the final choice as well, and is then kept once.
   *
   * @param positions how many pass, the prompt first
   * @param decides whether tokens are decided; if not, none is followed behind the prompt
   */
  public long ofLens(LensPlan plan, int promptLength, int positions, boolean decides) {
    Positions read = plan.positions();
    long named = plan.followed().stream().distinct().count();
    long bytes = 0;
    for (int p = read.next(0, promptLength); p < positions; p = read.next(p + 1, promptLength)) {
      boolean known = decides || p < promptLength - 1;
      bytes = Math.addExact(bytes, ofOneLens(plan.top(), named + (known ? 2 : 1)));
    }
    return bytes;
  }

  private long ofOneLens(int top, long followed) {
    long all = sizes.vocabulary();
    long kept = Math.min(followed, all);
    return Integer.BYTES * kept + (sizes.layers() + 1) * (Double.BYTES + TOKEN * (Math.min(top, all) + kept));
  }
}
