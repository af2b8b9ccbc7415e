package dev.sextant.benchmarks;

import dev.sextant.explain.Geometry;
import dev.sextant.explain.Neighbour;
import dev.sextant.explain.Similarity;
import dev.sextant.explain.TokenSpace;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** How long does it take to find the tokens nearest to a vector, in the whole vocabulary? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class NearestBenchmark extends ModelState {
  private Geometry geometry;
  private float[] vector;

  @Setup
  public void setUp() {
    geometry = Geometry.of(model());
    vector = geometry.vector(289, TokenSpace.EMBEDDING);
  }

  @Benchmark
  public List<Neighbour> nearest() {
    return geometry.nearest(vector, TokenSpace.UNEMBEDDING, Similarity.COSINE, 10);
  }
}
