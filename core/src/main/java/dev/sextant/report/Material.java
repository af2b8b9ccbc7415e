package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.TokenJourney;
import dev.sextant.explain.Contest;
import dev.sextant.explain.Votes;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reports are made from.
 *
 * @param model the open model
 * @param journey what happened
 * @param name how the model is called
 * @param against a token whose votes are counted besides; -1 for none
 * @param added positions of tokens that the tokenizer added to the prompt
 */
record Material(Model model, Journey journey, String name, int against, Set<Integer> added) {
  static Material of(Model model, Journey journey) {
    return new Material(model, journey, model.config().family(), -1, Set.of());
  }

  Material withName(String newName) {
    return new Material(model, journey, newName, against, added);
  }

  Material withAgainst(int newAgainst) {
    return new Material(model, journey, name, newAgainst, added);
  }

  Material withAdded(Set<Integer> newAdded) {
    return new Material(model, journey, name, against, newAdded);
  }

  ModelConfig config() {
    return journey.config();
  }

  /** How many tokens have passed the model: all but the one decided last. */
  int length() {
    return journey.ids().length - (journey.tokens().isEmpty() ? 0 : 1);
  }

  /** The token decided at a position, or null where the text was given. */
  @Nullable
  TokenJourney decidedAt(int position) {
    int index = position - (journey.promptLength() - 1);
    return index < 0 || index >= journey.tokens().size() ? null : journey.tokens().get(index);
  }

  /** What the model said at a position. */
  Distribution expectation(int position) {
    TokenJourney decided = decidedAt(position);
    return decided != null ? decided.distribution() : lens(config().layers() - 1, position);
  }

  /** What it would have said, had the journey ended behind a layer. */
  Distribution lens(int layer, int position) {
    return model.lens(row(Station.RESIDUAL_POST, layer, position));
  }

  float[] row(Station station, int layer, int position) {
    return journey.at(station, layer).row(position);
  }

  float[] embedding(int position) {
    return row(Station.EMBEDDING, 0, position);
  }

  /** The residual stream before the first layer (0) or behind a layer (1 ...). */
  float[] residual(int layer, int position) {
    return layer == 0 ? row(Station.RESIDUAL_PRE, 0, position) : row(Station.RESIDUAL_POST, layer - 1, position);
  }

  /** Whether learned positions are added to the embedding. */
  boolean hasPlaces() {
    return journey.captured().has(Station.POSITION, 0);
  }

  /** What is added for a position, where {@link #hasPlaces()}. */
  float[] place(int position) {
    return row(Station.POSITION, 0, position);
  }

  int id(int position) {
    return ids()[position];
  }

  int[] ids() {
    return journey.ids();
  }

  /** Who voted how at a position. */
  Votes votes(int position, Contest contest) {
    float[] logits = expectation(position).logits();
    Contest settled = contest.settled(contest.tokenA(), logits);
    java.util.List<Votes.Block> blocks = new java.util.ArrayList<>();
    for (int i = 0; i < config().layers(); i++) blocks.add(new Votes.Block(new double[config().heads()], 0, 0, 0, 0));
    double difference = logits[settled.tokenA()] - (settled.tokenB() < 0 ? 0 : logits[settled.tokenB()]);
    return new Votes(new Votes.Count(settled, position, difference, 1), new Votes.Outside(0, 0, 0, 0, 0, 0), blocks,
        java.util.List.of(), java.util.List.of());
  }

  CapturedRows attention(int layer) {
    return journey.at(Station.PROBABILITIES, layer);
  }
}
