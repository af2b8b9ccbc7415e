package dev.sextant.report;

import dev.sextant.Distribution;
import dev.sextant.Journey;
import dev.sextant.Model;
import dev.sextant.ModelConfig;
import dev.sextant.TokenJourney;
import dev.sextant.trace.CapturedRows;
import dev.sextant.trace.Station;
import org.jspecify.annotations.Nullable;

/**
 * What reports are made from.
 *
 * @param model the open model
 * @param journey what happened
 * @param name how the model is called
 * @param against a token whose votes are counted besides; -1 for none
 */
record Material(Model model, Journey journey, String name, int against) {
  static Material of(Model model, Journey journey) {
    return new Material(model, journey, model.config().family(), -1);
  }

  Material withName(String newName) {
    return new Material(model, journey, newName, against);
  }

  Material withAgainst(int newAgainst) {
    return new Material(model, journey, name, newAgainst);
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

  CapturedRows attention(int layer) {
    return journey.at(Station.PROBABILITIES, layer);
  }
}
