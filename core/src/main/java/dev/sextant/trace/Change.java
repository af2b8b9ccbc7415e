package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An intervention: what passes a station is changed, and the run goes on from there. Made for all layers, heads and positions
 * unless restricted, in the prompt and while generating. Several changes at one station are made one after the other.
 * Immutable.
 */
public final class Change {
  /** What is done to the numbers. */
  public enum Kind {
    /** Each is multiplied with a factor. */
    SCALE,
    /** Others take their place. */
    REPLACE,
    /** A vector is added, often called steering. */
    ADD,
    /** Those of another run take their place. */
    PATCH
  }

  /** Each position is patched from the same one. */
  private static final int SAME = -1;

  /**
   * Where a patch takes its numbers from.
   *
   * @param position the only one; {@link #SAME}: that which is patched
   */
  private record Donor(CapturedRows rows, int position) {}

  private final Station station;
  private final Selection where;
  private final Kind kind;
  private final float factor;
  private final float[] vector;
  private final @Nullable Donor donor;

  private Change(Station station, Selection where, Kind kind, float factor, float[] vector,
      @Nullable Donor donor) {
    this.station = station;
    this.where = where;
    this.kind = kind;
    this.factor = factor;
    this.vector = vector;
    this.donor = donor;
  }

  /** All numbers become 0: a head, an MLP, or attention falls silent. */
  public static Change zero(Station station) {
    return scale(station, 0);
  }

  /** All numbers are multiplied with a factor, which must be finite. */
  public static Change scale(Station station, double factor) {
    if (!Float.isFinite((float) factor))
      throw new InvalidArgumentException("factor is " + factor + "; it must be finite in single precision");
    return new Change(changeable(station), Selection.ALL, Kind.SCALE, (float) factor, new float[0], null);
  }

  /**
   * Other numbers take the place of those that are there.
   *
   * @param values as long as a row of the station or, where heads are named, as the part of one head; finite
   */
  public static Change replace(Station station, float[] values) {
    return new Change(changeable(station), Selection.ALL, Kind.REPLACE, 0, finite(values), null);
  }

  /**
   * A vector is added to what is there.
   *
   * @param vector as long as a row of the station or, where heads are named, as the part of one head; finite
   */
  public static Change add(Station station, float[] vector) {
    return new Change(changeable(station), Selection.ALL, Kind.ADD, 0, finite(vector), null);
  }

  /**
   * What another run had at the same station, layer, heads and positions takes the place of what is there; restricted to
   * what was captured of it.
   */
  public static Change patch(CapturedRows donor) {
    int[] positions = donor.positions();
    if (positions.length == 0) throw new InvalidArgumentException("nothing to patch from: " + donor);
    return patch(new Donor(donor, SAME), Positions.of(positions));
  }

  /**
   * What another run had at one position, at the same station, layer and heads, takes the place of what is there, wherever the
   * change is made: at all positions unless restricted. Queries and keys come as they were turned for the donor's position.
   *
   * @param position of the donor's text; it must have been captured
   */
  public static Change patch(CapturedRows donor, int position) {
    if (!donor.has(position))
      throw new InvalidArgumentException("position " + position + " was not captured at " + donor);
    return patch(new Donor(donor, position), Positions.all());
  }

  private static Change patch(Donor donor, Positions positions) {
    Station station = donor.rows.station();
    Selection where = Selection.ALL.withPositions(positions);
    return new Change(changeable(station), station.isInBlock() ? where.withLayers(donor.rows.layer()) : where,
        Kind.PATCH, 0, new float[0], donor);
  }

  /** In these layers only. A patch may be made in other layers than the one it comes from. */
  public Change layers(int... layers) {
    if (!station.isInBlock()) throw new InvalidArgumentException("station " + station + " is outside the blocks");
    return with(where.withLayers(layers));
  }

  /** To these query heads only; of keys and values, to those that these heads read, which others may read too. */
  public Change heads(int... heads) {
    if (!station.isByHead()) throw new InvalidArgumentException("station " + station + " is not by head");
    return with(where.withHeads(heads));
  }

  /** At these positions only. */
  public Change positions(Positions positions) {
    return with(where.withPositions(positions));
  }

  private Change with(Selection newWhere) {
    return new Change(station, newWhere, kind, factor, vector, donor);
  }

  public Station station() {
    return station;
  }

  /** Layers, heads and positions. */
  public Selection where() {
    return where;
  }

  public Kind kind() {
    return kind;
  }

  /** The length of the vector that is added or put in place; 0 where there is none. */
  public int vectorLength() {
    return vector.length;
  }

  /** The rows that a patch takes its numbers from; null for other kinds. */
  public @Nullable CapturedRows donor() {
    return donor == null ? null : donor.rows;
  }

  /**
   * The position of the donor that a patch takes its numbers from.
   *
   * @param position at which the change is made
   */
  public int donorPosition(int position) {
    return donor == null || donor.position == SAME ? position : donor.position;
  }

  /**
   * Changes, in place, the numbers of one head of a row, or a whole row where the station is not by head.
   *
   * @param position of the row
   * @param head as the station counts them; 0 where it is not by head
   * @param row {@code row[at .. at + width - 1]} are changed
   */
  public void make(int position, int head, float[] row, int at, int width) {
    int from = vector.length > width ? head * width : 0; // a vector for all heads, or one for each
    switch (kind) {
      case SCALE -> scale(row, at, width);
      case ADD -> {
        for (int i = 0; i < width; i++) row[at + i] += vector[from + i];
      }
      case REPLACE -> System.arraycopy(vector, from, row, at, width);
      case PATCH -> System.arraycopy(donated(position, head), 0, row, at, width);
    }
  }

  /** A factor of 0 makes 0 of anything, of numbers that are not finite too. */
  private void scale(float[] row, int at, int width) {
    for (int i = at; i < at + width; i++) row[i] = factor == 0 ? 0 : factor * row[i];
  }

  private float[] donated(int position, int head) {
    CapturedRows from = Objects.requireNonNull(donor).rows;
    int donated = donorPosition(position);
    return station.isByHead() ? from.row(donated, head) : from.row(donated);
  }

  private static Station changeable(Station station) {
    if (!station.isChangeable())
      throw new InvalidArgumentException("nothing can be changed at station " + station
          + "; what comes later is not computed from what is seen there");
    return station;
  }

  private static float[] finite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i]))
        throw new InvalidArgumentException("number " + i + " of the vector is " + values[i] + "; it must be finite");
    }
    return values.clone();
  }

  /** What is done where, for people: layers and heads count from 1. "set to 0 at MLP_WRITE, layer 3, all positions" */
  public String label() {
    return done() + " at " + station + where.label(station, 1);
  }

  private String done() {
    return switch (kind) {
      case SCALE -> factor == 0 ? "set to 0" : "times " + factor;
      case REPLACE -> "replaced";
      case ADD -> "a vector added";
      case PATCH -> "patched from another run"
          + (donor == null || donor.position == SAME ? "" : "'s position " + donor.position);
    };
  }

  /** As {@link #label}, but layers and heads count from 0, as those who write programs count them. */
  @Override
  public String toString() {
    return done() + " at " + station + where.label(station, 0);
  }
}
