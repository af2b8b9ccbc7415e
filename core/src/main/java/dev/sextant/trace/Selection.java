package dev.sextant.trace;

import dev.sextant.InvalidArgumentException;
import java.util.Arrays;
import java.util.List;

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

  private static List<Integer> ascending(String what, int[] numbers) {
    if (numbers.length == 0) throw new InvalidArgumentException("no " + what + " is given; at least one is needed");
    for (int number : numbers) {
      if (number < 0) throw new InvalidArgumentException(what + " " + number + " is negative; they count from 0");
    }
    return Arrays.stream(numbers).sorted().distinct().boxed().toList();
  }
}
