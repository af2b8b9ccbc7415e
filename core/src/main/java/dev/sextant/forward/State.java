package dev.sextant.forward;

import dev.sextant.architecture.Blueprint;
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
 * What one text owns while it runs through the model: its ids, the key/value cache of every layer, and the buffers of a
 * pass, reused from pass to pass. One thread at a time.
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
  final Rows[] queryKeyValue;
  /** The mixed values of all heads [tokens, heads · head width]. */
  final Rows mixed;
  /** What attention adds to the stream [tokens, hidden]. */
  final Rows attentionWrite;
  /** Inside the MLP. */
  final Features features;
  /** What the MLP adds to the stream [tokens, hidden]. */
  final Rows mlpWrite;
  /** Mixtures of experts; null where there are none. */
  final @Nullable Panel panel;
  /** The hidden state behind the final norm of the last token [1, hidden]. */
  final Rows last;
  /** What the unembedding makes of it [1, vocabulary], and whether it has done so. */
  final Rows logits;
  boolean unembedded;
  /** The learned positions of a pass [tokens, hidden], and their numbers. */
  final Rows position;
  private int[] positions = {};

  private final KeyValues[] caches;
  private final Tables tables = new Tables();
  private Watch watch;
  private int[] ids = new int[16];
  private int length;
  private int cached;
  private int total;
  private int firstNonFinite = Integer.MAX_VALUE;

  public State(Blueprint blueprint, Engine engine, KeyValues.Format cache) {
    Sizes sizes = blueprint.sizes();
    this.engine = engine;
    stream = new Rows(sizes.hidden());
    normed = new Rows(sizes.hidden());
    query = new Rows(sizes.queryWidth());
    key = new Rows(sizes.keyValueWidth());
    value = new Rows(sizes.keyValueWidth());
    queryKeyValue = new Rows[] {query, key, value};
    mixed = new Rows(sizes.queryWidth());
    attentionWrite = new Rows(sizes.hidden());
    features = new Features(sizes.mlp());
    mlpWrite = new Rows(sizes.hidden());
    panel = blueprint.experts() == null ? null : new Panel(blueprint.experts(), sizes.hidden());
    last = new Rows(sizes.hidden());
    logits = new Rows(sizes.vocabulary());
    position = new Rows(sizes.hidden());
    caches = new KeyValues[sizes.layers()];
    watch = new Watch(sizes.layers());
    Arrays.setAll(caches, _ -> new KeyValues(cache, sizes.keyValueHeads(), sizes.headWidth()));
  }

  /** How many tokens the text has. */
  public int length() {
    return length;
  }

  /** Forgets all tokens from {@code newLength} on, in every layer. */
  public void truncate(int newLength) {
    length = newLength;
    forget(Math.min(newLength, cached));
  }

  /** Forgets the keys and values from a position on, but not the tokens: they have to pass again. */
  void forget(int from) {
    for (KeyValues cache : caches) cache.truncate(Math.min(from, cache.length()));
    cached = from;
    if (firstNonFinite >= from) firstNonFinite = Integer.MAX_VALUE;
  }

  /** Forgets the keys and values of the last token, which has to pass again. There must be one. */
  public void forgetLast() {
    forget(Math.min(cached, length - 1));
  }

  /** How many tokens have keys and values in every layer: those after them are still to pass. */
  int cached() {
    return cached;
  }

  /** The first position whose residual stream left the numbers (NaN or infinite), or {@link Integer#MAX_VALUE}. */
  public int firstNonFinite() {
    return firstNonFinite;
  }

  /** From the next pass on, this one looks on. */
  public void watch(Watch newWatch) {
    watch = newWatch;
  }

  /** Copies the value of one key/value head at a position of the text [headWidth]. */
  public void copyValue(int layer, int keyValueHead, int position, float[] into) {
    caches[layer].copyValue(position, keyValueHead, into);
  }

  KeyValues cache(Layer layer) {
    return caches[layer.index()];
  }

  /** The text goes on with these tokens, which are still to pass. */
  void extend(int[] newIds) {
    total = Math.addExact(length, newIds.length);
    if (ids.length < total) ids = Arrays.copyOf(ids, Math.max(2 * ids.length, total));
    System.arraycopy(newIds, 0, ids, length, newIds.length);
    length = total;
  }

  /** How long the text was to become when tokens passed last: what rotary frequencies may depend on. */
  int total() {
    return total;
  }

  /** The ids of the text, a copy. */
  public int[] copyIds() {
    return Arrays.copyOf(ids, length);
  }

  /** The ids of the text; live, may be longer. */
  int[] ids() {
    return ids;
  }

  /** The positions of the next so many tokens to pass; live. */
  int[] positions(int count) {
    if (positions.length < count) positions = new int[count];
    for (int i = 0; i < count; i++) positions[i] = cached + i;
    return positions;
  }

  /** A pass begins. What one that was broken off has left is of no use: other positions may come. */
  void begin() {
    tables.forget();
    unembedded = false;
  }

  /** A pass over so many tokens is complete. */
  void advance(int tokens) {
    for (int i = 0; i < tokens * stream.width() && firstNonFinite == Integer.MAX_VALUE; i++) {
      if (!Float.isFinite(stream.data()[i])) firstNonFinite = cached + i / stream.width();
    }
    cached += tokens;
  }

  /** The rotary table of the present pass. */
  RotaryTable table(Rotary rotary) {
    return tables.get(rotary, cached, stream.rows(), total);
  }

  /** The first token of the present pass that anyone wants to see at a station; as many as there are if nobody does. */
  int first(Station station, int layer) {
    return watch.first(station, layer, cached, stream.rows());
  }

  boolean isWanted(Station station, int layer) {
    return watch.wants(station, layer);
  }

  void at(Station station, int layer, Rows rows) {
    watch.at(station, layer, cached, rows);
  }

  /** A station is passed, of which there are rows from one token of the pass on. */
  void at(Station station, int layer, int from, Rows rows) {
    watch.at(station, layer, cached + from, rows);
  }
}
