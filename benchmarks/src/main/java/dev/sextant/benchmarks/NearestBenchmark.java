package dev.sextant.benchmarks;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.WeightFormat;
import dev.sextant.explain.Geometry;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.Similarity;
import dev.sextant.explain.TokenSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long does it take to find the tokens nearest to a vector, in the whole vocabulary? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class NearestBenchmark {
  /** The model's folder; the bundled demo model unless given with -p model=DIR. */
  @Param("examples/models/storm")
  public String model;
  @Param({"AS_STORED", "Q8", "Q4"})
  public WeightFormat weights;
  @Param({"vector", "scalar"})
  public String kernels;

  private Model opened;
  private Geometry geometry;
  private float[] vector;

  @Setup
  public void setUp() {
    opened = Model.load(Path.of(model),
        LoadOptions.defaults().withWeights(weights).withVectorized(kernels.equals("vector")));
    geometry = Geometry.of(opened);
    vector = geometry.vector(289, TokenSpace.EMBEDDING);
  }

  @TearDown
  public void tearDown() {
    opened.close();
  }

  @Benchmark
  public List<Neighbour> nearest() {
    return geometry.nearest(vector, TokenSpace.UNEMBEDDING, Similarity.COSINE, 10);
  }
}
