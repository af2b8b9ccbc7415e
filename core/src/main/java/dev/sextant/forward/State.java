package dev.sextant.forward;

import dev.sextant.architecture.Rotary;
import dev.sextant.architecture.Sizes;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.KeyValues;
import dev.sextant.kernel.RotaryTable;
import dev.sextant.kernel.Rows;
import dev.sextant.trace.Station;
import dev.sextant.weights.Layer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one text owns while it runs through the model: the key/value cache of every layer, and the buffers of a pass,
 * reused from pass to pass. One thread at a time.
 */
public final class State {
  final Engine engine;
  /** The residual stream [tokens, hidden]. */
  final Rows stream;
  /** A normed copy of the stream [tokens, hidden]. */
  final Rows normed;
  /** [tokens, heads · head width] */
  final Rows query;
  /** [tokens, key/value heads · head width] */
  final Rows key;
  final Rows value;
  /** The mixed values of all heads [tokens, heads · head width]. */
  final Rows mixed;
  /** What attention, then the MLP, adds to the stream [tokens, hidden]. */
  final Rows write;
  /** [tokens, mlp] */
  final Rows gate;
  final Rows up;
  /** The hidden state behind the final norm of the last token [1, hidden]. */
  final Rows last;
  /** What the unembedding makes of it [1, vocabulary]. */
  final Rows logits;
  /** The learned positions of a pass [tokens, hidden]. */
  final Rows position;

  private final KeyValues[] caches;
  private Watch watch = Watch.NOBODY;
  private int length;
  private int total;
  private int firstNonFinite = Integer.MAX_VALUE;
  private @Nullable Rotary tabled;
  private @Nullable RotaryTable table;

  public State(Sizes sizes, Engine engine) {
    this.engine = engine;
    stream = new Rows(sizes.hidden());
    normed = new Rows(sizes.hidden());
    query = new Rows(sizes.queryWidth());
    key = new Rows(sizes.keyValueWidth());
    value = new Rows(sizes.keyValueWidth());
    mixed = new Rows(sizes.queryWidth());
    write = new Rows(sizes.hidden());
    gate = new Rows(sizes.mlp());
    up = new Rows(sizes.mlp());
    last = new Rows(sizes.hidden());
    logits = new Rows(sizes.vocabulary());
    position = new Rows(sizes.hidden());
    caches = new KeyValues[sizes.layers()];
    Arrays.setAll(caches, _ -> new KeyValues(sizes.keyValueHeads(), sizes.headWidth()));
  }

  /** How many tokens have passed. */
  public int length() {
    return length;
  }

  /** Forgets all tokens from {@code newLength} on, in every layer. */
  public void truncate(int newLength) {
    for (KeyValues cache : caches) cache.truncate(Math.min(newLength, cache.length()));
    length = newLength;
    if (firstNonFinite >= newLength) firstNonFinite = Integer.MAX_VALUE;
  }

  /** The first position whose residual stream left the numbers (NaN or infinite), or {@link Integer#MAX_VALUE}. */
  public int firstNonFinite() {
    return firstNonFinite;
  }

  /** From the next pass on, this one looks on. */
  public void watch(Watch newWatch) {
    watch = newWatch;
  }

  Watch watch() {
    return watch;
  }

  KeyValues cache(Layer layer) {
    return caches[layer.index()];
  }

  /** A piece of text begins that will make the text so long in all. */
  void begin(int totalLength) {
    total = totalLength;
    table = null;
  }

  /** A pass over so many tokens is complete. */
  void advance(int tokens) {
    for (int i = 0; i < tokens * stream.width() && firstNonFinite == Integer.MAX_VALUE; i++) {
      if (!Float.isFinite(stream.data()[i])) firstNonFinite = length + i / stream.width();
    }
    length += tokens;
    table = null;
  }

  /** The rotary table of the present pass; layers that share their settings share it. */
  RotaryTable table(Rotary rotary) {
    if (table == null || rotary != tabled) {
      table = rotary.table(length, stream.rows(), total);
      tabled = rotary;
    }
    return table;
  }

  void at(Station station, int layer, Rows rows) {
    watch.at(station, layer, length, rows);
  }
}
