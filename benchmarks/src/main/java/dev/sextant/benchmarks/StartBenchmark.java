package dev.sextant.benchmarks;

import dev.sextant.GeneratedToken;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.WeightFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a fresh virtual machine take to open a model, and to the first token? The machine's own start comes on top:
 * {@code tools/peers/measure.py start} measures from outside.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 7, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class StartBenchmark {
  @Param("examples/models/storm")
  public String model;
  @Param({"AS_STORED", "Q8", "Q4"})
  public WeightFormat weights;

  @Benchmark
  public int load() {
    try (Model opened = open()) {
      return opened.config().layers();
    }
  }

  @Benchmark
  public GeneratedToken firstToken() {
    try (Model opened = open()) {
      return opened.generate().ids(1, 2, 3, 4, 5).maxTokens(1).endTokens().run().tokens().getFirst();
    }
  }

  private Model open() {
    return Model.load(ModelFolders.of(model), LoadOptions.defaults().withWeights(weights));
  }
}
