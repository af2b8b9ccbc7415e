package dev.sextant.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The limits of this machine, in Java: what one thread can read from memory and multiply-add. Run with {@code -t 1} and
 * {@code -t 2} and take shares of these; then a figure means the same on every machine.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CalibrationBenchmark {
  private static final int ROUNDS = 1 << 16;

  private Arena arena;
  private MemorySegment memory;
  private final float[] factors = RandomWeights.vector(64);

  @Setup
  public void setUp() {
    arena = Arena.ofConfined();
    memory = MachineLimits.newMemory(arena);
  }

  @TearDown
  public void tearDown() {
    arena.close();
  }

  /** Reads memory in four streams. */
  @Benchmark
  public float read(Rates rates) {
    rates.add(MachineLimits.BYTES, 0);
    return MachineLimits.read(memory);
  }

  /** Twelve independent chains of multiply-adds, which keep both units busy. */
  @Benchmark
  public float multiplyAdd(Rates rates) {
    rates.add(0, MachineLimits.operations(ROUNDS));
    return MachineLimits.multiplyAdd(factors, ROUNDS);
  }
}
