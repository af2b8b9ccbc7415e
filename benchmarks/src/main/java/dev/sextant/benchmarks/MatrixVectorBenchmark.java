package dev.sextant.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** How fast does one token meet a matrix? Bound by memory: hold gigabytes per second against {@link CalibrationBenchmark}. */
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixVectorBenchmark extends MatrixState {
  /** The shapes of a model with 135 million weights. */
  @Param({"576x576", "1536x576", "576x1536", "49152x576"})
  public String shape;

  @Override
  String shape() {
    return shape;
  }

  @Override
  int tokens() {
    return 1;
  }

  @Benchmark
  public float[] multiply(Rates rates) {
    return product(rates);
  }
}
