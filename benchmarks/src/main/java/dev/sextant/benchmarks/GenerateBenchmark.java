package dev.sextant.benchmarks;

import dev.sextant.Generation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/** How fast does a text come, choice, text and records of the API included? With {@code -prof gc}: bytes a token. */
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class GenerateBenchmark extends ModelState {
  private static final int TOKENS = 128;

  @Param({"greedy", "drawn"})
  public String choice;

  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public Generation generate(Rates rates) {
    rates.add(work().decodeBytes() * TOKENS, 0);
    var generate = model().generate().ids(0).endTokens().maxTokens(TOKENS);
    return (choice.equals("greedy") ? generate : generate.temperature(0.8).topK(50).topP(0.95).seed(7)).run();
  }
}
