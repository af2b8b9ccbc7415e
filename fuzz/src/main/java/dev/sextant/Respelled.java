package dev.sextant;

import java.util.List;
import java.util.function.IntFunction;

/** A journey whose tokens are spelled otherwise; lies in this package since only it can put journeys together. */
public final class Respelled {
  private Respelled() {}

  /** The same run, of a token at least, with other spellings wherever the journey itself is asked for one. */
  public static Journey of(Journey journey, IntFunction<String> textOf) {
    Journey.Terms terms = new Journey.Terms(journey.config(), journey.capture(), journey.changes(), journey.decoding());
    return new Journey(terms, journey.generation(), journey.tokens(), journey.captured(), List.of(), textOf);
  }
}
