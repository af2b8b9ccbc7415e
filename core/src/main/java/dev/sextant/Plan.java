package dev.sextant;

import dev.sextant.decode.Decoding;
import dev.sextant.decode.StopStrings;
import dev.sextant.trace.Observer;
import dev.sextant.trace.Station;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that describes a generation.
 *
 * @param ids the prompt; null while none is set
 * @param decoding how tokens are chosen
 * @param temperatureSet whether the caller chose the temperature, so that no other setting may change it
 * @param seed of the random numbers; empty: a new one for each run
 * @param ending when it ends
 * @param watching who looks on
 */
record Plan(int @Nullable [] ids, Decoding decoding, boolean temperatureSet, OptionalLong seed, Ending ending,
    Watching watching) {

  static final Plan DEFAULT = new Plan(null, Decoding.GREEDY, false, OptionalLong.empty(),
      new Ending(256, null, StopStrings.NONE, false, () -> false), new Watching(Set.of(), (_, _, _) -> {}, _ -> {}));

  /**
   * When a generation ends.
   *
   * @param maxTokens after so many tokens
   * @param endTokens after one of these; null: those the model's files name
   * @param stops before one of these texts
   * @param failWhenFull with an exception when the context is full, instead of a stop reason
   * @param cancelled as soon as this says so
   */
  record Ending(int maxTokens, @Nullable Set<Integer> endTokens, StopStrings stops, boolean failWhenFull,
      BooleanSupplier cancelled) {}

  /** Who looks on, and where, and who is told how many tokens of the prompt have been read. */
  record Watching(Set<Station> stations, Observer observer, IntConsumer promptProgress) {}

  Plan withIds(int[] newIds) {
    return new Plan(newIds.clone(), decoding, temperatureSet, seed, ending, watching);
  }

  /** Chooses so, whatever is set later. */
  Plan withDecoding(Decoding newDecoding) {
    return new Plan(ids, newDecoding, true, seed, ending, watching);
  }

  /** Chooses so, and at temperature 1 if the caller set none and this setting only makes sense when drawing. */
  Plan withSetting(Decoding newDecoding, boolean draws) {
    Decoding settled = draws && !temperatureSet ? newDecoding.withTemperature(1) : newDecoding;
    return new Plan(ids, settled, temperatureSet, seed, ending, watching);
  }

  Plan withSeed(long newSeed) {
    return new Plan(ids, decoding, temperatureSet, OptionalLong.of(newSeed), ending, watching);
  }

  Plan withMaxTokens(int newMaxTokens) {
    return withEnding(new Ending(newMaxTokens, ending.endTokens, ending.stops, ending.failWhenFull, ending.cancelled));
  }

  Plan withEndTokens(Set<Integer> newEndTokens) {
    return withEnding(new Ending(ending.maxTokens, newEndTokens, ending.stops, ending.failWhenFull, ending.cancelled));
  }

  Plan withStops(StopStrings newStops) {
    return withEnding(new Ending(ending.maxTokens, ending.endTokens, newStops, ending.failWhenFull, ending.cancelled));
  }

  Plan withFailWhenFull() {
    return withEnding(new Ending(ending.maxTokens, ending.endTokens, ending.stops, true, ending.cancelled));
  }

  Plan withCancelled(BooleanSupplier newCancelled) {
    return withEnding(new Ending(ending.maxTokens, ending.endTokens, ending.stops, ending.failWhenFull, newCancelled));
  }

  Plan withWatching(Watching newWatching) {
    return new Plan(ids, decoding, temperatureSet, seed, ending, newWatching);
  }

  private Plan withEnding(Ending newEnding) {
    return new Plan(ids, decoding, temperatureSet, seed, newEnding, watching);
  }
}
