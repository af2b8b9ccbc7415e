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
import static dev.sextant.trace.Station.ROUTER;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Blueprint.Stream;
import dev.sextant.architecture.Rotary;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.KeyValues;
import dev.sextant.kernel.Norm;
import dev.sextant.kernel.Rows;
import dev.sextant.weights.Attention;
import dev.sextant.weights.Fan;
import dev.sextant.weights.FeedForward.Mixture;
import dev.sextant.weights.FeedForward.Mlp;
import dev.sextant.weights.Layer;
import dev.sextant.weights.Projection;
import dev.sextant.weights.Weights;
import java.util.Arrays;
import java.util.Objects;
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

  private final Blueprint blueprint;
  private final Stream scales;
  private final Weights weights;
  private final Runnable checkpoint;

  /**
   * @param checkpoint called before every block; may throw to end the pass
   */
  public Transformer(Blueprint blueprint, Weights weights, Runnable checkpoint) {
    this.blueprint = blueprint;
    this.scales = blueprint.stream();
    this.weights = weights;
    this.checkpoint = checkpoint;
  }

  /**
   * Runs the tokens through all blocks, after those that have passed before. Where the text has outgrown the keys it has,
   * those pass again too.
   *
   * @param progress told after each piece how many of the tokens have passed
   */
  public void append(int[] ids, State state, IntConsumer progress) {
    int before = state.length();
    int made = state.total();
    state.extend(ids);
    if (blueprint.layers().restart(made, state.total())) state.forget(0);
    while (state.cached() < state.length()) {
      pass(Math.min(PIECE, state.length() - state.cached()), state);
      if (state.cached() > before) progress.accept(state.cached() - before);
    }
  }

  /** The logits of the last token [vocabulary]; live until the next call. */
  public float[] logits(State state) {
    return unembed(state.last, state.logits, state.engine).data();
  }

  /**
   * The logits [rows, vocabulary] that rows of the residual stream [rows, hidden] lead to when they meet final norm and
   * unembedding at once.
   *
   * @param normed where the stream behind the norm goes
   */
  public Rows lens(Rows residuals, Rows normed, Rows logits, Engine engine) {
    engine.normalize(weights.finalNorm(), residuals, normed);
    return unembed(normed, logits, engine);
  }

  /** The next tokens of the text that have not passed. */
  private void pass(int count, State state) {
    embed(count, state);
    for (Layer layer : weights.layers()) {
      checkpoint.run();
      block(layer, state);
    }
    finish(state);
    state.advance(count);
  }

  private void embed(int count, State state) {
    Engine engine = state.engine;
    engine.gather(weights.embedding(), state.ids(), state.cached(), count, state.stream);
    scale(state.stream, scales.embeddingScale(), engine);
    if (weights.position() != null) {
      engine.gather(weights.position(), state.positions(count), 0, count, state.position);
      engine.add(state.position, state.stream);
    }
    state.at(EMBEDDING, 0, state.stream);
  }

  private void block(Layer layer, State state) {
    Engine engine = state.engine;
    int index = layer.index();
    state.at(RESIDUAL_PRE, index, state.stream);

    attend(layer, normed(layer.attentionNorms().before(), state), state);
    written(state.attentionWrite, layer.attentionNorms().after(), engine);
    state.at(ATTENTION_WRITE, index, state.attentionWrite);
    if (!scales.parallel()) {
      engine.add(state.attentionWrite, state.stream);
      state.at(RESIDUAL_MID, index, state.stream);
    }

    feedForward(layer, normed(layer.mlpNorms().before(), state), state);
    written(state.mlpWrite, layer.mlpNorms().after(), engine);
    state.at(MLP_WRITE, index, state.mlpWrite);
    if (scales.parallel()) engine.add(state.attentionWrite, state.stream); // the MLP read the stream without it
    engine.add(state.mlpWrite, state.stream);
    state.at(RESIDUAL_POST, index, state.stream);
  }

  /** The token's query meets the keys of all tokens before it; the values found are mixed and carried home by W_O. */
  private void attend(Layer layer, Rows x, State state) {
    Engine engine = state.engine;
    Attention attention = layer.attention();
    project(attention.queryKeyValue(), x, state.queryKeyValue, engine);
    rotate(state.query, attention.queryNorm(), layer, state);
    rotate(state.key, attention.keyNorm(), layer, state);
    KeyValues cache = state.cache(layer);
    cache.append(state.key, state.value);

    Rows probabilities = state.watch().wants(PROBABILITIES, layer.index()) ? new Rows(cache.length()) : null;
    engine.attend(layer.plan().attention(), state.query, cache, state.mixed, probabilities);
    if (probabilities != null) state.at(PROBABILITIES, layer.index(), probabilities);
    project(attention.output(), state.mixed, state.attentionWrite, engine);
  }

  /** Each token on its own: features are read off, gated or bent, and written back. */
  private void feedForward(Layer layer, Rows x, State state) {
    switch (layer.mlp()) {
      case Mlp mlp -> think(mlp, x, state.features, state.mlpWrite, state.engine);
      case Mixture mixture -> consult(mixture, x, layer, state);
    }
  }

  private void think(Mlp mlp, Rows x, Features features, Rows write, Engine engine) {
    project(mlp.in(), x, mlp.isGated() ? features.gated : features.plain, engine);
    engine.activate(blueprint.activation(), features.bent, mlp.isGated() ? features.up : null);
    project(mlp.down(), features.bent, write, engine);
  }

  /** The router says which experts see a token; each expert thinks about all its tokens at once. */
  private void consult(Mixture mixture, Rows x, Layer layer, State state) {
    Panel panel = Objects.requireNonNull(state.panel);
    Routing routing = panel.routing;
    project(mixture.router(), x, routing.probabilities, state.engine);
    routing.decide();
    state.at(ROUTER, layer.index(), routing.probabilities);

    Arrays.fill(state.mlpWrite.resize(x.rows()).data(), 0, state.mlpWrite.at(x.rows()), 0);
    for (int expert = 0; expert < mixture.experts().size(); expert++) {
      if (routing.tokens(expert) == 0) continue;
      panel.ask(expert, x);
      think(mixture.experts().get(expert), panel.question, panel.features, panel.answer, state.engine);
      panel.collect(expert, state.mlpWrite);
    }
  }

  /** The final norm of the last token, or of all where someone looks on. */
  private void finish(State state) {
    Rows stream = state.stream;
    state.last.resize(1);
    if (state.watch().wants(FINAL_NORM, 0) || state.watch().wants(LOGITS, 0)) {
      state.engine.normalize(weights.finalNorm(), stream, state.normed);
      state.at(FINAL_NORM, 0, state.normed);
      if (state.watch().wants(LOGITS, 0)) {
        state.at(LOGITS, 0, unembed(state.normed, new Rows(state.logits.width()), state.engine));
      }
    }
    System.arraycopy(stream.data(), stream.at(stream.rows() - 1), state.last.data(), 0, stream.width());
    state.engine.normalize(weights.finalNorm(), state.last, state.last);
  }

  /** What the hidden states behind the final norm [tokens, hidden] say about the next token [tokens, vocabulary]. */
  public Rows unembed(Rows hidden, Rows logits, Engine engine) {
    project(weights.unembedding(), hidden, logits, engine);
    scale(logits, scales.logitScale(), engine);
    if (scales.logitCap() > 0) engine.cap(logits, scales.logitCap());
    return logits;
  }

  private static Rows normed(@Nullable Norm norm, State state) {
    if (norm == null) return state.stream;
    state.engine.normalize(norm, state.stream, state.normed);
    return state.normed;
  }

  /** What is really added to the stream: after the norm behind it, where there is one, and scaled. */
  private void written(Rows write, @Nullable Norm after, Engine engine) {
    if (after != null) engine.normalize(after, write, write);
    scale(write, scales.writeScale(), engine);
  }

  private static void rotate(Rows heads, @Nullable Norm headNorm, Layer layer, State state) {
    if (headNorm != null) state.engine.normalize(headNorm, heads, heads);
    Rotary rotary = layer.plan().rotary();
    if (rotary != null) state.engine.rotate(heads, layer.plan().attention().headWidth(), state.table(rotary));
  }

  private static void project(Fan projections, Rows x, Rows[] y, Engine engine) {
    engine.multiply(projections.matrices(), projections.biases(), x, y);
  }

  private static Rows project(Projection projection, Rows x, Rows y, Engine engine) {
    engine.multiply(projection.matrix(), projection.bias(), x, y);
    return y;
  }

  private static void scale(Rows x, float factor, Engine engine) {
    if (factor != 1) engine.scale(x, factor);
  }
}
