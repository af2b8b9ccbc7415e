package dev.sextant.forward;

import dev.sextant.architecture.Blueprint;
import dev.sextant.kernel.Engine;
import dev.sextant.weights.Weights;
import java.util.function.BiFunction;

/**
 * Where explanations meet the weights of an open model. This package is not exported: only the library itself can enter.
 * Safe for any number of threads.
 */
public interface Room {
  /** What the model is. */
  Blueprint blueprint();

  /** The text of a token; empty where no tokenizer is known. */
  String textOf(int id);

  /** Tokens of a long text that may pass together: what context and {@link dev.sextant.Limits} allow, at least 1. */
  int window();

  /** Called between pieces of such work: throws {@link dev.sextant.ModelClosedException} once the model is closed. */
  void check();

  /**
   * Does some work with the weights, which stay mapped meanwhile, and an engine of its own. Throws {@link
   * dev.sextant.ModelClosedException} once the model is closed.
   */
  <T> T enter(BiFunction<Weights, Engine, T> work);
}
