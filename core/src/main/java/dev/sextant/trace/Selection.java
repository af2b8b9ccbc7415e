package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Part of what passes a station. Immutable.
 *
 * @param layers blocks, counted from 0, ascending; empty: all
 * @param heads query heads, counted from 0, ascending; empty: all. Of keys and values, the heads that these read. Of no
 *     meaning where a station is not by head.
 * @param positions positions of the text
 */
public record Selection(List<Integer> layers, List<Integer> heads, Positions positions) {

  /** Everything. */
  public static final Selection ALL = new Selection(List.of(), List.of(), Positions.all());

  public Selection {
    Objects.requireNonNull(positions, "positions");
    layers = List.copyOf(layers);
    heads = List.copyOf(heads);
  }

  /** Of these layers only. */
  public Selection withLayers(int... newLayers) {
    return new Selection(ascending("layer", newLayers), heads, positions);
  }

  /** Of these heads only. */
  public Selection withHeads(int... newHeads) {
    return new Selection(layers, ascending("head", newHeads), positions);
  }

  /** At these positions only. */
  public Selection withPositions(Positions newPositions) {
    return new Selection(layers, heads, newPositions);
  }

  /** Whether a layer belongs to it. */
  public boolean hasLayer(int layer) {
    return layers.isEmpty() || layers.contains(layer);
  }

  /** Whether a query head belongs to it. */
  public boolean hasHead(int head) {
    return heads.isEmpty() || heads.contains(head);
  }

  /**
   * In words, what of a station is selected: ", layer 3, all heads, position 7".
   *
   * @param first the number of the first layer and of the first head
   */
  String label(Station station, int first) {
    return (station.isInBlock() ? ", " + label("layer", layers, first) : "")
        + (station.isByHead() ? ", " + label("head", heads, first) : "") + ", " + labelOfPositions();
  }

  private static String label(String what, List<Integer> numbers, int first) {
    if (numbers.isEmpty()) return "all " + what + "s";
    return what + (numbers.size() == 1 ? " " : "s ")
        + numbers.stream().map(number -> Integer.toString(first + number)).collect(Collectors.joining(", "));
  }

  private String labelOfPositions() {
    return positions == Positions.all() ? "all positions" : "positions: " + positions;
  }

  /** "all layers, heads 0, 2, all positions"; numbers count from 0. */
  @Override
  public String toString() {
    return label("layer", layers, 0) + ", " + label("head", heads, 0) + ", " + labelOfPositions();
  }

  private static List<Integer> ascending(String what, int[] numbers) {
    if (numbers.length == 0) throw new InvalidArgumentException("no " + what + " is given; at least one is needed");
    for (int number : numbers) {
      if (number < 0) throw new InvalidArgumentException(what + " " + number + " is negative; they count from 0");
    }
    return Arrays.stream(numbers).sorted().distinct().boxed().toList();
  }
}
