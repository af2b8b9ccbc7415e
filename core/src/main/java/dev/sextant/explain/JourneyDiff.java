package dev.sextant.explain;

import dev.sextant.InvalidArgumentException;
import dev.sextant.Journey;
import dev.sextant.TokenJourney;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where two journeys part: through the same model with two prompts of equal length, or with the same prompt through two
 * models of the same shape, or one model in two precisions. Compared is what both have captured, and what they said of the
 * tokens decided. Immutable.
 */
public final class JourneyDiff {
  /** The relative distance above which two journeys have parted, unless said otherwise: far above single precision's rounding. */
  public static final double TOLERANCE = 1e-4;

  private final double tolerance;
  private final List<Gap> gaps;
  private final List<TokenGap> tokens;
  private final Journey a;
  private final Journey b;

  private JourneyDiff(Journey a, Journey b, double tolerance) {
    this.a = a;
    this.b = b;
    this.tolerance = tolerance;
    this.gaps = gaps(a, b);
    int decided = Math.min(a.tokens().size(), b.tokens().size());
    this.tokens = IntStream.range(0, decided).mapToObj(i -> gap(i, a.tokens().get(i), b.tokens().get(i))).toList();
  }

  /** Of two journeys, with {@link #TOLERANCE}. */
  public static JourneyDiff of(Journey a, Journey b) {
    return of(a, b, TOLERANCE);
  }

  /**
   * Of two journeys.
   *
   * @param tolerance the relative distance above which they have parted, at least 0
   * @throws InvalidArgumentException if their prompts are not equally long, or rows captured in both or vocabularies differ
   *     in size
   */
  public static JourneyDiff of(Journey a, Journey b, double tolerance) {
    if (!(tolerance >= 0)) {
      throw new InvalidArgumentException("tolerance is " + tolerance + "; it must be at least 0");
    }
    if (a.promptLength() != b.promptLength()) {
      throw new InvalidArgumentException("the prompts have " + a.promptLength() + " and " + b.promptLength()
          + " tokens; positions can only be compared when they are equally long");
    }
    return new JourneyDiff(a, b, tolerance);
  }

  private static List<Gap> gaps(Journey a, Journey b) {
    List<Gap> gaps = new ArrayList<>();
    for (Station station : a.captured().stations()) {
      for (int layer : a.captured().layers(station)) {
        if (b.captured().has(station, layer)) addGaps(a.at(station, layer), b.at(station, layer), gaps);
      }
    }
    gaps.sort(Comparator.comparingInt(JourneyDiff::stage).thenComparing(Gap::station).thenComparingInt(Gap::position));
    return List.copyOf(gaps);
  }

  /** When a place is passed: before the blocks, in one of them, behind them. */
  private static int stage(Gap gap) {
    if (gap.station().isInBlock()) return gap.layer();
    return gap.station().compareTo(Station.RESIDUAL_PRE) < 0 ? -1 : Integer.MAX_VALUE;
  }

  private static void addGaps(CapturedRows a, CapturedRows b, List<Gap> gaps) {
    if (!Arrays.equals(a.heads(), b.heads())) {
      throw new InvalidArgumentException("different heads were captured: " + a + "; and " + b);
    }
    for (int position : a.positions()) {
      if (!b.has(position)) continue;
      float[] rowA = a.row(position);
      float[] rowB = b.row(position);
      if (rowA.length != rowB.length) {
        throw new InvalidArgumentException("at " + a.station() + " of layer " + a.layer() + " rows have " + rowA.length
            + " and " + rowB.length + " numbers; the models must be of the same shape");
      }
      gaps.add(Gap.between(rowA, rowB, a.station(), a.layer(), position));
    }
  }

  private static TokenGap gap(int index, TokenJourney a, TokenJourney b) {
    return new TokenGap(index, a.id(), b.id(), a.distribution().klDivergence(b.distribution()),
        a.distribution().jsDivergence(b.distribution()));
  }

  /** All places compared, in the order in which a pass comes to them, and in each by position. */
  public List<Gap> gaps() {
    return gaps;
  }

  /** The first place in the pass, whatever the position, where they are farther apart than the tolerance. */
  public Optional<Gap> parting() {
    return gaps.stream().filter(this::isApart).findFirst();
  }

  /** The first place in the pass where they are farther apart than the tolerance at one position. */
  public Optional<Gap> parting(int position) {
    return gaps.stream().filter(gap -> gap.position() == position && isApart(gap)).findFirst();
  }

  private boolean isApart(Gap gap) {
    return gap.relative() > tolerance;
  }

  /** How far apart they are at one station and position, layer by layer, in the order of the layers. */
  public List<Gap> byLayer(Station station, int position) {
    return gaps.stream().filter(gap -> gap.station() == station && gap.position() == position).toList();
  }

  /** What they said of each token that both decided. Behind the first where they chose differently, texts differ. */
  public List<TokenGap> tokens() {
    return tokens;
  }

  /**
   * The votes of a decided token that turned: parts that spoke for it in one journey and against it in the other, those that
   * changed most first.
   *
   * @param index of the token, 0 for the first decided one
   * @throws InvalidArgumentException if votes were not counted in both, or not between the same tokens
   */
  public List<VoteChange> turnedVotes(int index) {
    if (index < 0 || index >= tokens.size()) {
      throw new InvalidArgumentException("index is " + index + "; both journeys decided " + tokens.size() + " tokens");
    }
    return voteChanges(a.tokens().get(index).votes(), b.tokens().get(index).votes()).stream()
        .filter(VoteChange::isTurned).toList();
  }

  /**
   * What every part said twice, those that changed most first.
   *
   * @throws InvalidArgumentException if the votes are not between the same tokens, or of models of different shapes
   */
  public static List<VoteChange> voteChanges(Votes a, Votes b) {
    if (a.tokenA() != b.tokenA() || a.tokenB() != b.tokenB()) {
      throw new InvalidArgumentException("votes were counted for token " + a.tokenA() + " against " + a.tokenB()
          + ", and for " + b.tokenA() + " against " + b.tokenB() + "; ask for Contest.between(...) the same two");
    }
    List<Vote> before = a.all();
    List<Vote> after = b.all();
    List<VoteChange> changes = new ArrayList<>(before.size());
    for (int i = 0; i < before.size(); i++) {
      if (after.size() != before.size() || !after.get(i).part().equals(before.get(i).part())) {
        throw new InvalidArgumentException("the votes are those of models with different parts");
      }
      changes.add(new VoteChange(before.get(i).part(), before.get(i).value(), after.get(i).value()));
    }
    changes.sort(Comparator.comparingDouble((VoteChange change) -> Math.abs(change.change())).reversed());
    return List.copyOf(changes);
  }
}
