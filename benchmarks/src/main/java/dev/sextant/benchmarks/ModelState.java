package dev.sextant.benchmarks;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.WeightFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A model and random tokens for it. */
@State(Scope.Benchmark)
public abstract class ModelState {
  /** Longer than any text of a benchmark; models with rotary positions can be asked for it. */
  private static final int CONTEXT = 8192;

  /**
   * The model's folder: the bundled demo model unless given with -p model=DIR, where random-1b is a model of a billion
   * random parameters, made when it is first asked for.
   */
  @Param("examples/models/storm")
  public String model;
  @Param({"AS_STORED", "Q8", "Q4"})
  public WeightFormat weights;
  @Param({"vector", "scalar"})
  public String kernels;
  @Param("2")
  public int threads;

  private Model opened;
  private Work work;
  private int[] tokens;

  @Setup
  public void open() {
    opened = Model.load(folder(), options());
    work = Work.of(opened);
    tokens = new SplittableRandom(1).ints(CONTEXT, 0, opened.config().vocabularySize()).toArray();
  }

  @TearDown
  public void close() {
    opened.close();
  }

  Path folder() {
    return ModelFolders.of(model);
  }

  LoadOptions options() {
    return LoadOptions.defaults().withThreads(threads).withVectorized(kernels.equals("vector")).withWeights(weights)
        .withContextLength(CONTEXT);
  }

  Model model() {
    return opened;
  }

  Work work() {
    return work;
  }

  /** The first so many tokens of a text without meaning. */
  int[] text(int length) {
    return Arrays.copyOf(tokens, length);
  }
}
