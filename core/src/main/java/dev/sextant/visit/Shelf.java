package dev.sextant.visit;

import dev.sextant.kernel.Rows;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Positions;
import dev.sextant.trace.Selection;
import dev.sextant.trace.Station;
import java.util.ArrayList;
import java.util.List;

/** What a recorder keeps at one station of one layer. */
final class Shelf {
  private final Station station;
  private final int layer;
  private final Shapes shapes;
  private final int[] heads;
  private final Positions wanted;
  private final int promptLength;
  private final List<Integer> positions = new ArrayList<>();
  private final List<float[]> rows = new ArrayList<>();

  Shelf(Station station, int layer, Shapes shapes, Selection selection, int promptLength) {
    this.station = station;
    this.layer = layer;
    this.shapes = shapes;
    this.heads = shapes.heads(station, selection);
    this.wanted = selection.positions();
    this.promptLength = promptLength;
  }

  /** Which of so many tokens, the first of them at a position, is the first that is wanted. */
  int first(int position, int tokens) {
    return Math.min(wanted.next(position, promptLength) - position, tokens);
  }

  void keep(int first, Rows all) {
    int perToken = shapes.rowsPerToken(station, layer);
    int end = first + all.rows() / perToken;
    for (int p = wanted.next(first, promptLength); p < end; p = wanted.next(p + 1, promptLength)) {
      positions.add(p);
      rows.add(copy(p, all, all.at((p - first) * perToken), all.width() * perToken / shapes.heads(station)));
    }
  }

  /**
   * The parts of the selected heads.
   *
   * @param at where the token's numbers begin
   * @param stride from one head's to the next
   */
  private float[] copy(int position, Rows all, int at, int stride) {
    int width = shapes.width(station, layer, position);
    float[] copy = new float[heads.length * width];
    for (int i = 0; i < heads.length; i++)
      System.arraycopy(all.data(), at + heads[i] * stride, copy, i * width, width);
    return copy;
  }

  CapturedRows take() {
    int[] at = positions.stream().mapToInt(Integer::intValue).toArray();
    int[] named = station.isByHead() ? heads : new int[0];
    CapturedRows taken = new CapturedRows(station, layer, named, at, rows.toArray(float[][]::new));
    positions.clear();
    rows.clear();
    return taken;
  }
}
