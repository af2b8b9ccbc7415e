package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.TokenJourney;
import dev.sextant.explain.Contest;
import dev.sextant.explain.LogitLens;
import dev.sextant.explain.Votes;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What reports are made from.
 *
 * @param model the open model
 * @param journey what happened
 * @param lenses what it would have said from every layer on, by position
 * @param name how the model is called
 * @param against a token whose votes are counted besides; -1 for none
 * @param added positions of tokens that the tokenizer added to the prompt
 */
record Material(Model model, Journey journey, List<LogitLens> lenses, String name, int against, Set<Integer> added) {
  static Material of(Model model, Journey journey) {
    return new Material(model, journey, journey.lenses(), model.config().family(), -1, Set.of());
  }

  Material withName(String newName) {
    return new Material(model, journey, lenses, newName, against, added);
  }

  Material withAgainst(int newAgainst) {
    return new Material(model, journey, lenses, name, newAgainst, added);
  }

  Material withAdded(Set<Integer> newAdded) {
    return new Material(model, journey, lenses, name, against, newAdded);
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
    return decided != null ? decided.distribution() : model.lens(residual(config().layers(), position));
  }

  /** What it would have said, had the journey ended earlier. */
  LogitLens lens(int position) {
    return lenses.get(position);
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

  /** Who voted how where a token was decided. */
  Votes votes(TokenJourney decided, Contest contest) {
    return model.votes(journey, decided.index(), contest);
  }

  CapturedRows attention(int layer) {
    return journey.at(Station.PROBABILITIES, layer);
  }
}
