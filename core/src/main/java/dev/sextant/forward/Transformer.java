package dev.sextant.forward;

import static dev.sextant.trace.Station.ATTENTION_WRITE;
import static dev.sextant.trace.Station.EMBEDDING;
import static dev.sextant.trace.Station.FINAL_NORM;
import static dev.sextant.trace.Station.LOGITS;
import static dev.sextant.trace.Station.MLP_WRITE;
import static dev.sextant.trace.Station.PROBABILITIES;
import static dev.sextant.trace.Station.RESIDUAL_MID;
import static dev.sextant.trace.Station.RESIDUAL_POST;
import static dev.sextant.trace.Station.RESIDUAL_PRE;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Rotary;
import dev.sextant.kernel.Activation;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.KeyValues;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.Layer;
import dev.sextant.weights.Projection;
import dev.sextant.weights.Weights;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The journey of a token: its id selects a row of the embedding, position is injected, in every block the token looks
 * back (attention) and thinks (MLP), each adding to the residual stream, and the final hidden state meets the
 * unembedding. The one forward pass of all families. Immutable; what a text changes is in its {@link State}.
 */
public final class Transformer {
  /** Long texts pass in pieces of so many tokens, which bounds the buffers. */
  private static final int PIECE = 512;

  private final Weights weights;
  private final Activation activation;
  private final Runnable checkpoint;

  /**
   * @param checkpoint called before every block; may throw to end the pass
   */
  public Transformer(Blueprint blueprint, Weights weights, Runnable checkpoint) {
    this.weights = weights;
    this.activation = blueprint.activation();
    this.checkpoint = checkpoint;
  }

  /**
   * Runs the tokens through all blocks, after those that have passed before.
   *
   * @param progress told after each piece how many of the tokens have passed
   */
  public void append(int[] ids, State state, IntConsumer progress) {
    state.begin(state.length() + ids.length);
    for (int from = 0; from < ids.length; from += PIECE) {
      int count = Math.min(PIECE, ids.length - from);
      pass(ids, from, count, state);
      progress.accept(from + count);
    }
  }

  /** The logits of the last token [vocabulary]; live until the next call. */
  public float[] logits(State state) {
    project(weights.unembedding(), state.last, state.logits, state.engine);
    return state.logits.data();
  }

  /** The logits that a residual stream [hidden] leads to when it meets final norm and unembedding at once; live. */
  public float[] lens(float[] residual, State state) {
    System.arraycopy(residual, 0, state.last.resize(1).data(), 0, residual.length);
    state.engine.normalize(weights.finalNorm(), state.last, state.last);
    return logits(state);
  }

  private void pass(int[] ids, int from, int count, State state) {
    embed(ids, from, count, state);
    for (Layer layer : weights.layers()) {
      checkpoint.run();
      block(layer, state);
    }
    finish(state);
    state.advance(count);
  }

  private void embed(int[] ids, int from, int count, State state) {
    state.engine.gather(weights.embedding(), ids, from, count, state.stream);
    if (weights.position() != null) {
      int[] positions = new int[count];
      for (int i = 0; i < count; i++) positions[i] = state.length() + i;
      state.engine.gather(weights.position(), positions, 0, count, state.position);
      state.engine.add(state.position, state.stream);
    }
    state.at(EMBEDDING, 0, state.stream);
  }

  private void block(Layer layer, State state) {
    int index = layer.index();
    state.at(RESIDUAL_PRE, index, state.stream);

    attend(layer, normed(layer.attentionNorm(), state), state);
    state.at(ATTENTION_WRITE, index, state.write);
    state.engine.add(state.write, state.stream);
    state.at(RESIDUAL_MID, index, state.stream);

    feedForward(layer, normed(layer.mlpNorm(), state), state);
    state.at(MLP_WRITE, index, state.write);
    state.engine.add(state.write, state.stream);
    state.at(RESIDUAL_POST, index, state.stream);
  }

  /** The token's query meets the keys of all tokens before it; the values found are mixed and carried home by W_O. */
  private void attend(Layer layer, Rows x, State state) {
    Engine engine = state.engine;
    Rows query = rotated(project(layer.query(), x, state.query, engine), layer.queryNorm(), layer, state);
    Rows key = rotated(project(layer.key(), x, state.key, engine), layer.keyNorm(), layer, state);
    Rows value = project(layer.value(), x, state.value, engine);
    KeyValues cache = state.cache(layer);
    cache.append(key, value);

    Rows probabilities = state.watch().wants(PROBABILITIES) ? new Rows(cache.length()) : null;
    engine.attend(layer.plan().attention(), query, cache, state.mixed, probabilities);
    if (probabilities != null) state.at(PROBABILITIES, layer.index(), probabilities);
    project(layer.output(), state.mixed, state.write, engine);
  }

  /** Each token on its own: features are read off, gated or bent, and written back. */
  private void feedForward(Layer layer, Rows x, State state) {
    Engine engine = state.engine;
    Rows features = project(layer.up(), x, state.up, engine);
    if (layer.gate() == null) {
      engine.activate(activation, features, null);
    } else {
      Rows up = features;
      features = project(layer.gate(), x, state.gate, engine);
      engine.activate(activation, features, up);
    }
    project(layer.down(), features, state.write, engine);
  }

  /** The final norm of the last token, or of all where someone looks on. */
  private void finish(State state) {
    Rows stream = state.stream;
    state.last.resize(1);
    if (state.watch().wants(FINAL_NORM) || state.watch().wants(LOGITS)) {
      state.engine.normalize(weights.finalNorm(), stream, state.normed);
      state.at(FINAL_NORM, 0, state.normed);
      if (state.watch().wants(LOGITS)) {
        Rows all = new Rows(state.logits.width());
        state.at(LOGITS, 0, project(weights.unembedding(), state.normed, all, state.engine));
      }
    }
    System.arraycopy(stream.data(), stream.at(stream.rows() - 1), state.last.data(), 0, stream.width());
    state.engine.normalize(weights.finalNorm(), state.last, state.last);
  }

  private static Rows normed(@Nullable Norm norm, State state) {
    if (norm == null) return state.stream;
    state.engine.normalize(norm, state.stream, state.normed);
    return state.normed;
  }

  private static Rows rotated(Rows heads, @Nullable Norm headNorm, Layer layer, State state) {
    if (headNorm != null) state.engine.normalize(headNorm, heads, heads);
    Rotary rotary = layer.plan().rotary();
    if (rotary != null) state.engine.rotate(heads, layer.plan().attention().headWidth(), state.table(rotary));
    return heads;
  }

  private static Rows project(Projection projection, Rows x, Rows y, Engine engine) {
    engine.multiply(projection.matrix(), projection.bias(), x, y);
    return y;
  }
}
