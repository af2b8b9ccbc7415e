package dev.sextant.analysis;

import dev.sextant.architecture.Sizes;
import dev.sextant.explain.LensPlan;
import dev.sextant.explain.LogitLens;
import dev.sextant.forward.Visitor;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the residual stream of the positions that a lens reads, and has it read when the pass, or a piece of it, is through.
 * Where a token is yet to be decided, reading waits for it, so that it can be followed. One thread at a time.
 */
public final class LensWitness implements Visitor {
  private final LensPlan plan;
  private final int readings;
  private final LensReader reader;
  private final int[] prompt;
  /** What enters the first block, then what is behind each, position by position. */
  private final Rows streams;
  private int[] positions = {};
  private List<LogitLens> lenses = new ArrayList<>();

  /**
   * @param prompt the ids of the prompt
   */
  public LensWitness(LensPlan plan, Sizes sizes, LensReader reader, int[] prompt) {
    this.plan = plan;
    this.readings = sizes.layers() + 1;
    this.reader = reader;
    this.prompt = prompt.clone();
    streams = new Rows(sizes.hidden());
  }

  @Override
  public boolean wants(Station station, int layer) {
    return station == Station.EMBEDDING || station == Station.RESIDUAL_POST;
  }

  @Override
  public int first(Station station, int layer, int position, int tokens) {
    return Math.min(plan.positions().next(position, prompt.length) - position, tokens);
  }

  @Override
  public void at(Station station, int layer, int position, Rows rows) {
    if (station == Station.EMBEDDING) begin(position, rows.rows());
    int reading = station == Station.EMBEDDING ? 0 : layer + 1;
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(rows.data(), rows.at(positions[i] - position), streams.data(),
          streams.at(i * readings + reading),
          rows.width());
    }
    if (reading == readings - 1) readPassed();
  }

  /** A pass over so many tokens begins. */
  private void begin(int position, int tokens) {
    Positions wanted = plan.positions();
    positions = IntStream.range(position, position + tokens).filter(p -> wanted.has(p, prompt.length)).toArray();
    streams.resize(positions.length * readings);
  }

  /** Reads where the next token is known: inside the prompt. */
  private void readPassed() {
    int[] inside = Arrays.stream(positions).filter(p -> p < prompt.length - 1).toArray();
    int[][] next = new int[inside.length][];
    Arrays.setAll(next, i -> followed(prompt[inside[i] + 1]));
    lenses.addAll(reader.read(streams, 0, inside, next, plan.top()));
  }

  private int[] followed(int... besides) {
    return IntStream.concat(Arrays.stream(besides), plan.followed().stream().mapToInt(Integer::intValue)).toArray();
  }

  /**
   * What was read since this was last called, by position.
   *
   * @param decided the token that is decided behind the last position, and others to follow there
   */
  public List<LogitLens> take(int... decided) {
    int last = positions.length - 1;
    if (last >= 0 && positions[last] >= prompt.length - 1) {
      int[] position = {positions[last]};
      lenses.addAll(reader.read(streams, last, position, new int[][] {followed(decided)}, plan.top()));
    }
    positions = new int[0];
    List<LogitLens> taken = List.copyOf(lenses);
    lenses = new ArrayList<>();
    return taken;
  }
}
