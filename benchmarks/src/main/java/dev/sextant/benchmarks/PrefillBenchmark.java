package dev.sextant.benchmarks;

import dev.sextant.Distribution;
import dev.sextant.Session;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** How fast does a model read a prompt? Against {@code multiplyAdd} of the calibration. */
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PrefillBenchmark extends ModelState {
  @Param({"32", "512", "2048"})
  public int prompt;

  /** Reads a prompt into an empty session and asks what comes next. */
  @Benchmark
  public Distribution prefill(Tokens count, Rates rates) {
    count.tokens += prompt;
    rates.add(0, work().prefillOperations(prompt));
    try (Session session = model().session()) {
      return session.append(text(prompt)).distribution();
    }
  }
}
