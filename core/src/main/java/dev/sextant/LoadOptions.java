package dev.sextant;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * How a model is opened. Immutable.
 *
 * @param threads threads that compute together, the caller's among them; 0 for one per available processor
 * @param vectorized whether the Vector API may be used where it is there; false forces the plain Java kernels
 * @param contextLength most tokens a text may have; 0 for what the model was made for. More than that is possible only
 *     for models with rotary positions, and the model was not trained for it.
 * @param weights how weights are kept in memory: other formats than the file's are made at load, which takes a while
 * @param cache how keys and values are kept: BF16 takes half the memory and, in long texts, less time, and rounds them
 * @param progress told how much is done, from 0 to 1, on the loading thread
 * @param families described from outside, besides those that are known; the first of a name holds
 * @param limits how much files and texts may take
 */
public record LoadOptions(int threads, boolean vectorized, int contextLength, WeightFormat weights,
    CacheFormat cache, DoubleConsumer progress, List<ModelFamily> families, Limits limits) {

  private static final LoadOptions DEFAULTS = new LoadOptions(0, true, 0, WeightFormat.AS_STORED,
      CacheFormat.F32, _ -> {}, List.of(), Limits.defaults());

  public LoadOptions {
    if (threads < 0 || threads > 1024) {
      throw new InvalidArgumentException("threads is " + threads + "; it must lie in [0, 1024], where 0 takes one per"
          + " available processor");
    }
    if (contextLength < 0) {
      throw new InvalidArgumentException(
          "contextLength is " + contextLength + "; it must not be negative, and 0 takes the"
              + " model's own");
    }
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(limits, "limits");
    families = List.copyOf(Objects.requireNonNull(families, "families"));
  }

  /** One thread per processor, the fastest kernels, the model's own context. */
  public static LoadOptions defaults() {
    return DEFAULTS;
  }

  public LoadOptions withThreads(int newThreads) {
    return new LoadOptions(newThreads, vectorized, contextLength, weights, cache, progress, families, limits);
  }

  public LoadOptions withVectorized(boolean newVectorized) {
    return new LoadOptions(threads, newVectorized, contextLength, weights, cache, progress, families, limits);
  }

  public LoadOptions withContextLength(int newContextLength) {
    return new LoadOptions(threads, vectorized, newContextLength, weights, cache, progress, families, limits);
  }

  public LoadOptions withWeights(WeightFormat newWeights) {
    return new LoadOptions(threads, vectorized, contextLength, newWeights, cache, progress, families, limits);
  }

  public LoadOptions withCache(CacheFormat newCache) {
    return new LoadOptions(threads, vectorized, contextLength, weights, newCache, progress, families, limits);
  }

  public LoadOptions withProgress(DoubleConsumer newProgress) {
    return new LoadOptions(threads, vectorized, contextLength, weights, cache, newProgress, families, limits);
  }

  /** A model of this family can be opened too; it holds before others of the same name. */
  public LoadOptions withFamily(ModelFamily family) {
    List<ModelFamily> more = Stream.concat(Stream.of(Objects.requireNonNull(family, "family")), families.stream())
        .toList();
    return new LoadOptions(threads, vectorized, contextLength, weights, cache, progress, more, limits);
  }

  /** Files and texts may take as much as these say. */
  public LoadOptions withLimits(Limits newLimits) {
    return new LoadOptions(threads, vectorized, contextLength, weights, cache, progress, families, newLimits);
  }
}
