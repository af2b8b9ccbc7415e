package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was kept at one station of one layer: for each captured position a row of numbers, shaped as {@link Station} says.
 * Where the station is by head, a row is that of all captured heads, one after the other, and can be had head by head.
 * SCORES and PROBABILITIES reach as far as the position itself: position + 1 numbers for each head. Immutable: what is handed
 * out is a copy.
 */
public final class CapturedRows {
  private final Station station;
  private final int layer;
  private final int[] heads;
  private final int[] positions;
  private final float[][] rows;

  /**
   * @param heads the captured heads, ascending; empty where the station is not by head
   * @param positions ascending
   * @param rows a row for each position; become this one's own, nobody may change them any more
   */
  public CapturedRows(Station station, int layer, int[] heads, int[] positions, float[][] rows) {
    this.station = station;
    this.layer = layer;
    this.heads = heads.clone();
    this.positions = positions.clone();
    this.rows = rows.clone();
  }

  public Station station() {
    return station;
  }

  /** The block, from 0; 0 for stations outside the blocks. */
  public int layer() {
    return layer;
  }

  /** The captured heads, ascending: key/value heads of KEYS and VALUES, query heads elsewhere; empty if not by head. */
  public int[] heads() {
    return heads.clone();
  }

  /** The captured positions, ascending. */
  public int[] positions() {
    return positions.clone();
  }

  /** Whether a position was captured. */
  public boolean has(int position) {
    return Arrays.binarySearch(positions, position) >= 0;
  }

  /** How many numbers the row of a position has, of one head where the station is by head. */
  public int width(int position) {
    return found(position).length / Math.max(1, heads.length);
  }

  /** The row of a position, all captured heads of it. */
  public float[] row(int position) {
    return found(position).clone();
  }

  /** The row of a position and head. */
  public float[] row(int position, int head) {
    int width = width(position);
    int at = index(head) * width;
    return Arrays.copyOfRange(found(position), at, at + width);
  }

  /** One number of the row of a position. */
  public float get(int position, int column) {
    float[] row = found(position);
    return row[checked(column, row.length)];
  }

  /** One number of the row of a position and head. */
  public float get(int position, int head, int column) {
    int width = width(position);
    return found(position)[index(head) * width + checked(column, width)];
  }

  /** Copies the row of a position, all captured heads of it, to {@code into[at ...]}. */
  public void copyRow(int position, float[] into, int at) {
    float[] row = found(position);
    if (at < 0 || at > into.length - row.length)
      throw new InvalidArgumentException(
          "into has " + into.length + " numbers; the row has " + row.length + ", which must fit from " + at + " on");
    System.arraycopy(row, 0, into, at, row.length);
  }

  /** Bytes of all numbers. */
  public long bytes() {
    return Arrays.stream(rows).mapToLong(row -> (long) Float.BYTES * row.length).sum();
  }

  /**
   * The rows of successive passes of one run. Copies no numbers. A pass that begins anew, where a text has outgrown the range
   * of its rotary frequencies, takes the place of what was there.
   */
  static CapturedRows join(List<CapturedRows> parts) {
    CapturedRows first = parts.getFirst();
    if (parts.size() == 1) return first;
    List<Integer> positions = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (CapturedRows part : parts) {
      while (part.positions.length > 0 && !positions.isEmpty() && positions.getLast() >= part.positions[0]) {
        positions.removeLast();
        rows.removeLast();
      }
      for (int position : part.positions) positions.add(position);
      rows.addAll(Arrays.asList(part.rows));
    }
    int[] at = positions.stream().mapToInt(Integer::intValue).toArray();
    return new CapturedRows(first.station, first.layer, first.heads, at, rows.toArray(float[][]::new));
  }

  private float[] found(int position) {
    int at = Arrays.binarySearch(positions, position);
    if (at < 0) throw new InvalidArgumentException("position " + position + " was not captured at " + this);
    return rows[at];
  }

  private int index(int head) {
    int index = Arrays.binarySearch(heads, head);
    if (index >= 0) return index;
    throw new InvalidArgumentException(heads.length == 0 ? station + " is not by head; ask for the row of a position"
        : "head " + head + " was not captured at " + this);
  }

  private static int checked(int column, int width) {
    if (column < 0 || column >= width)
      throw new InvalidArgumentException("column is " + column + "; it must lie in 0.." + (width - 1));
    return column;
  }

  /** For people: station, layer, heads, and how many positions. */
  @Override
  public String toString() {
    int count = positions.length;
    return station + (station.isInBlock() ? " of layer " + layer : "")
        + (heads.length == 0 ? "" : ", heads " + Arrays.toString(heads)) + ", "
        + (count == 0 ? "no positions" : count + " positions in " + positions[0] + ".." + positions[count - 1]);
  }
}
