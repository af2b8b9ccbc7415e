package dev.sextant.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** How fast does a prompt meet a matrix? Bound by arithmetic: hold gigaflops per second against {@link CalibrationBenchmark}. */
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixMatrixBenchmark extends MatrixState {
  @Param({"576x576", "1536x576"})
  public String shape;
  /** From a small batch to a long prompt. */
  @Param({"2", "8", "32", "128", "512"})
  public int tokens;

  @Override
  String shape() {
    return shape;
  }

  @Override
  int tokens() {
    return tokens;
  }

  @Benchmark
  public float[] multiply(Rates rates) {
    return product(rates);
  }
}
