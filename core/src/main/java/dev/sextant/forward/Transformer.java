package dev.sextant.forward;

import static dev.sextant.trace.Station.ATTENTION_INPUT;
import static dev.sextant.trace.Station.ATTENTION_WRITE;
import static dev.sextant.trace.Station.EMBEDDING;
import static dev.sextant.trace.Station.EXPERTS;
import static dev.sextant.trace.Station.EXPERT_WEIGHTS;
import static dev.sextant.trace.Station.FINAL_NORM;
import static dev.sextant.trace.Station.HEAD_WRITES;
import static dev.sextant.trace.Station.KEYS;
import static dev.sextant.trace.Station.LOGITS;
import static dev.sextant.trace.Station.MIXED;
import static dev.sextant.trace.Station.MLP_ACTIVATIONS;
import static dev.sextant.trace.Station.MLP_INPUT;
import static dev.sextant.trace.Station.MLP_WRITE;
import static dev.sextant.trace.Station.POSITION;
import static dev.sextant.trace.Station.PROBABILITIES;
import static dev.sextant.trace.Station.QUERIES;
import static dev.sextant.trace.Station.RESIDUAL_MID;
import static dev.sextant.trace.Station.RESIDUAL_POST;
import static dev.sextant.trace.Station.RESIDUAL_PRE;
import static dev.sextant.trace.Station.ROUTER;
import static dev.sextant.trace.Station.SCORES;
import static dev.sextant.trace.Station.VALUES;

import dev.sextant.architecture.Blueprint;
import dev.sextant.architecture.Blueprint.Stream;
import dev.sextant.architecture.Rotary;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Findings;
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
   * @param checkpoint called before every block and every unembedding; may throw to end the pass
   */
  public Transformer(Blueprint blueprint, Weights weights, Runnable checkpoint) {
    this.blueprint = blueprint;
    this.scales = blueprint.stream();
    this.weights = weights;
    this.checkpoint = checkpoint;
  }

  /**
   * Runs the tokens through all blocks, after those that have passed before. Where the text has outgrown the keys it has,
   * those pass again too, as does what was forgotten.
   *
   * @param ids may be none
   * @param progress told after each piece how many of the tokens have passed
   * @param breakOff called before every block that several tokens pass together; may throw to end the pass
   */
  public void append(int[] ids, State state, IntConsumer progress, Runnable breakOff) {
    int before = state.length();
    int made = state.total();
    state.extend(ids);
    if (blueprint.layers().restart(made, state.total())) state.forget(0);
    while (state.cached() < state.length()) {
      int count = Math.min(PIECE, state.length() - state.cached());
      pass(count, state, count > 1 ? breakOff : () -> {});
      if (state.cached() > before) progress.accept(state.cached() - before);
    }
  }

  /** The logits of the last token [vocabulary]; live until the next call. */
  public float[] logits(State state) {
    if (!state.unembedded) unembed(state.last, state.logits, state.engine);
    state.unembedded = true;
    return state.logits.data();
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
  private void pass(int count, State state, Runnable breakOff) {
    state.begin();
    embed(count, state);
    for (Layer layer : weights.layers()) {
      checkpoint.run();
      breakOff.run();
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
      state.at(POSITION, 0, state.position);
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
    int index = layer.index();
    Attention attention = layer.attention();
    state.at(ATTENTION_INPUT, index, x);
    project(attention.queryKeyValue(), x, state.queryKeyValue, state.engine);
    rotate(state.query, attention.queryNorm(), layer, state);
    rotate(state.key, attention.keyNorm(), layer, state);
    state.at(QUERIES, index, state.query);
    state.at(KEYS, index, state.key);
    state.at(VALUES, index, state.value);

    mix(layer, state);
    state.at(MIXED, index, state.mixed);
    writeByHead(layer, state);
    project(attention.output(), state.mixed, state.attentionWrite, state.engine);
  }

  /** Scores, softmax, and the values mixed; scores and probabilities are told where someone looks on. */
  private static void mix(Layer layer, State state) {
    int index = layer.index();
    KeyValues cache = state.cache(layer);
    cache.append(state.key, state.value);
    Rows scores = state.isWanted(SCORES, index) ? new Rows(cache.length()) : null;
    Rows probabilities = state.isWanted(PROBABILITIES, index) ? new Rows(cache.length()) : null;
    int from = Math.min(state.first(SCORES, index), state.first(PROBABILITIES, index));
    state.engine.attend(layer.plan().attention(), state.query, cache, state.mixed,
        new Findings(from, scores, probabilities));
    if (scores != null) state.at(SCORES, index, from, scores);
    if (probabilities != null) state.at(PROBABILITIES, index, from, probabilities);
  }

  /** What each head writes by itself; only where someone looks on. */
  private static void writeByHead(Layer layer, State state) {
    int from = state.first(HEAD_WRITES, layer.index());
    if (from == state.mixed.rows()) return;
    Rows writes = new Rows(state.stream.width());
    state.engine.multiplyByHead(layer.attention().output().matrix(), layer.plan().attention().heads(),
        tail(state.mixed, from), writes);
    state.at(HEAD_WRITES, layer.index(), from, writes);
  }

  /** Each token on its own: features are read off, gated or bent, and written back. */
  private void feedForward(Layer layer, Rows x, State state) {
    state.at(MLP_INPUT, layer.index(), x);
    switch (layer.mlp()) {
      case Mlp mlp -> {
        bend(mlp, x, state.features, state.engine);
        state.at(MLP_ACTIVATIONS, layer.index(), state.features.bent);
        project(mlp.down(), state.features.bent, state.mlpWrite, state.engine);
      }
      case Mixture mixture -> consult(mixture, x, layer, state);
    }
  }

  /** The features, activated and, where there is a gate, gated. */
  private void bend(Mlp mlp, Rows x, Features features, Engine engine) {
    project(mlp.in(), x, mlp.isGated() ? features.gated : features.plain, engine);
    engine.activate(blueprint.activation(), features.bent, mlp.isGated() ? features.up : null);
  }

  /** The router says which experts see a token; each expert thinks about all its tokens at once. */
  private void consult(Mixture mixture, Rows x, Layer layer, State state) {
    int index = layer.index();
    Panel panel = Objects.requireNonNull(state.panel);
    Routing routing = panel.routing;
    project(mixture.router(), x, routing.probabilities, state.engine);
    routing.decide();
    state.at(ROUTER, index, routing.probabilities);
    if (state.isWanted(EXPERTS, index)) state.at(EXPERTS, index, routing.chosen());
    if (state.isWanted(EXPERT_WEIGHTS, index)) state.at(EXPERT_WEIGHTS, index, routing.weights());
    Rows activations = state.isWanted(MLP_ACTIVATIONS, index) ? panel.room() : null;

    Arrays.fill(state.mlpWrite.resize(x.rows()).data(), 0, state.mlpWrite.at(x.rows()), 0);
    for (int expert = 0; expert < mixture.experts().size(); expert++) {
      if (routing.tokens(expert) == 0) continue;
      panel.ask(expert, x);
      bend(mixture.experts().get(expert), panel.question, panel.features, state.engine);
      if (activations != null) panel.show(expert, activations);
      project(mixture.experts().get(expert).down(), panel.features.bent, panel.answer, state.engine);
      panel.collect(expert, state.mlpWrite);
    }
    if (activations != null) state.at(MLP_ACTIVATIONS, index, activations);
  }

  /** The final norm of the last token, and of others where someone looks on. */
  private void finish(State state) {
    int count = state.stream.rows();
    System.arraycopy(state.stream.data(), state.stream.at(count - 1), state.last.resize(1).data(), 0,
        state.stream.width());
    state.engine.normalize(weights.finalNorm(), state.last, state.last);
    int normedFrom = state.first(FINAL_NORM, 0);
    if (normedFrom < count) state.at(FINAL_NORM, 0, normedFrom, finalNorm(normedFrom, state));
    int saidFrom = state.first(LOGITS, 0);
    if (saidFrom < count) state.at(LOGITS, 0, saidFrom, said(saidFrom, state));
  }

  private Rows finalNorm(int from, State state) {
    Rows normed = tail(state.stream, from);
    state.engine.normalize(weights.finalNorm(), normed, normed);
    return normed;
  }

  /** The logits of the tokens from one on; those of the last alone are the ones that are asked for later. */
  private Rows said(int from, State state) {
    if (from < state.stream.rows() - 1)
      return unembed(finalNorm(from, state), new Rows(state.logits.width()), state.engine);
    logits(state);
    return state.logits;
  }

  /** A copy of the rows from one on. */
  private static Rows tail(Rows rows, int from) {
    Rows tail = new Rows(rows.width()).resize(rows.rows() - from);
    System.arraycopy(rows.data(), rows.at(from), tail.data(), 0, tail.rows() * tail.width());
    return tail;
  }

  /** What the hidden states behind the final norm [tokens, hidden] say about the next token [tokens, vocabulary]. */
  public Rows unembed(Rows hidden, Rows logits, Engine engine) {
    checkpoint.run();
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
