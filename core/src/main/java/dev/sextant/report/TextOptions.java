package dev.sextant.report;

import dev.sextant.InvalidArgumentException;
import dev.sextant.report.text.Style;
import java.util.List;
import java.util.Objects;

/**
 * How a journey is told as text. Immutable.
 *
 * @param style whether escape sequences for terminals may be used
 * @param layers the layers told, counted from 0; empty: all
 * @param top how many of the most probable tokens and of the strongest votes are shown, at least 1
 */
public record TextOptions(Style style, List<Integer> layers, int top) {

  /** Plain, all layers, ten tokens. */
  public static final TextOptions DEFAULT = new TextOptions(Style.PLAIN, List.of(), 10);

  public TextOptions {
    Objects.requireNonNull(style, "style");
    layers = List.copyOf(layers);
    if (top < 1) throw new InvalidArgumentException("top is " + top + "; it must be at least 1");
  }

  boolean tells(int layer) {
    return layers.isEmpty() || layers.contains(layer);
  }
}
