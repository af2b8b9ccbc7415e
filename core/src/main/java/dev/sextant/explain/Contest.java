package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.trace.Station;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Between which tokens votes are counted, and how finely. Immutable.
 *
 * @param tokenA the token that votes are for; {@link #CHOSEN}: the one decided
 * @param tokenB the token it stands against; where that one is itself {@link #CHOSEN}, the runner-up takes its place.
 *     {@link #RUNNER_UP}: the most probable one apart from A; {@link #NOBODY}: none, votes add up to A's logit
 * @param sourceHeads how many heads, those with the strongest votes, are split by the positions they looked at
 * @param neurons whether MLPs are split into neurons and mixtures into experts
 */
public record Contest(int tokenA, int tokenB, int sourceHeads, boolean neurons) {

  /** Stands for the token that was decided. */
  public static final int CHOSEN = -1;
  /** Stands for the most probable token apart from A. */
  public static final int RUNNER_UP = -2;
  /** Stands for no token. */
  public static final int NOBODY = -3;

  public Contest {
    if (tokenA < 0 && tokenA != CHOSEN)
      throw new InvalidArgumentException("token A is " + tokenA + "; an id is not negative");
    if (tokenB < 0 && tokenB != RUNNER_UP && tokenB != NOBODY)
      throw new InvalidArgumentException("token B is " + tokenB + "; an id is not negative");
    if (tokenA == tokenB)
      throw new InvalidArgumentException("token " + tokenA + " cannot stand against itself");
    if (sourceHeads < 0)
      throw new InvalidArgumentException("sourceHeads is " + sourceHeads + "; it must not be negative");
  }

  /** The decided token against the most probable other one. */
  public static Contest chosenAgainstRunnerUp() {
    return new Contest(CHOSEN, RUNNER_UP, 0, false);
  }

  /** The decided token against this one; where this one is decided itself, against the most probable other one. */
  public static Contest chosenAgainst(int token) {
    return new Contest(CHOSEN, token, 0, false);
  }

  /** The decided token's logit. */
  public static Contest chosen() {
    return new Contest(CHOSEN, NOBODY, 0, false);
  }

  /** One token's logit. */
  public static Contest of(int token) {
    return new Contest(token, NOBODY, 0, false);
  }

  /** One token against another. */
  public static Contest between(int tokenA, int tokenB) {
    return new Contest(tokenA, tokenB, 0, false);
  }

  /** One token against the most probable other one. */
  public static Contest againstRunnerUp(int token) {
    return new Contest(token, RUNNER_UP, 0, false);
  }

  /** Splits so many heads, those with the strongest votes, by the positions they looked at. */
  public Contest withSources(int heads) {
    return new Contest(tokenA, tokenB, heads, neurons);
  }

  /** Splits every head by the positions it looked at. */
  public Contest withAllSources() {
    return withSources(Integer.MAX_VALUE);
  }

  /** Splits MLPs into neurons, and mixtures into experts and theirs. */
  public Contest withNeurons() {
    return new Contest(tokenA, tokenB, sourceHeads, true);
  }

  /** The stations at which it must be seen what happens to the token: captured, they let votes be counted afterwards. */
  public Set<Station> stations() {
    Set<Station> stations = EnumSet.of(Station.EMBEDDING, Station.MIXED, Station.MLP_WRITE, Station.RESIDUAL_POST);
    if (sourceHeads > 0) stations.addAll(List.of(Station.PROBABILITIES, Station.VALUES));
    if (neurons) stations.addAll(List.of(Station.MLP_ACTIVATIONS, Station.EXPERTS, Station.EXPERT_WEIGHTS));
    return stations;
  }

  /**
   * The same with ids in place of what stands for them. The decided token never stands against itself: where B is the one
   * decided, the runner-up takes B's place.
   *
   * @param chosen the decided token
   * @param logits what the model said
   * @throws InvalidArgumentException if a token is outside the vocabulary
   */
  public Contest settled(int chosen, float[] logits) {
    int a = tokenA == CHOSEN ? chosen : tokenA;
    requireKnown(a, logits.length);
    int b = tokenB == RUNNER_UP || tokenB == a ? runnerUp(a, logits) : tokenB;
    if (b != NOBODY) requireKnown(b, logits.length);
    return new Contest(a, b, sourceHeads, neurons);
  }

  private static int runnerUp(int a, float[] logits) {
    int best = NOBODY; // stays where the vocabulary has one token
    for (int id = 0; id < logits.length; id++)
      if (id != a && (best < 0 || logits[id] > logits[best])) best = id;
    return best;
  }

  private static void requireKnown(int id, int vocabulary) {
    if (id >= vocabulary)
      throw new InvalidArgumentException("token " + id + " is outside the vocabulary of " + vocabulary + " tokens");
  }
}
