package dev.sextant.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
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
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  /** Far beyond any cache. */
  private static final long BYTES = 256L << 20;
  private static final int ROUNDS = 1 << 16;

  private Arena arena;
  private MemorySegment memory;
  private final float[] factors = RandomWeights.vector(64);

  @Setup
  public void setUp() {
    arena = Arena.ofConfined();
    memory = arena.allocate(BYTES, 64).fill((byte) 1);
  }

  @TearDown
  public void tearDown() {
    arena.close();
  }

  /** Reads memory in four streams. */
  @Benchmark
  public float read(Rates rates) {
    FloatVector a = FloatVector.zero(LANES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    long quarter = BYTES / 4;
    for (long i = 0; i < quarter; i += LANES.vectorByteSize()) {
      a = a.add(FloatVector.fromMemorySegment(LANES, memory, i, ByteOrder.LITTLE_ENDIAN));
      b = b.add(FloatVector.fromMemorySegment(LANES, memory, i + quarter, ByteOrder.LITTLE_ENDIAN));
      c = c.add(FloatVector.fromMemorySegment(LANES, memory, i + 2 * quarter, ByteOrder.LITTLE_ENDIAN));
      d = d.add(FloatVector.fromMemorySegment(LANES, memory, i + 3 * quarter, ByteOrder.LITTLE_ENDIAN));
    }
    rates.add(BYTES, 0);
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  /** Twelve independent chains of multiply-adds, which keep both units busy. */
  @Benchmark
  public float multiplyAdd(Rates rates) {
    FloatVector x = FloatVector.fromArray(LANES, factors, 0);
    FloatVector y = FloatVector.fromArray(LANES, factors, 16);
    FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(y, x);
      b = b.fma(y, x);
      c = c.fma(y, x);
      d = d.fma(y, x);
      e = e.fma(y, x);
      f = f.fma(y, x);
      g = g.fma(y, x);
      h = h.fma(y, x);
      i = i.fma(y, x);
      j = j.fma(y, x);
      k = k.fma(y, x);
      l = l.fma(y, x);
    }
    rates.add(0, 2.0 * 12 * LANES.length() * ROUNDS);
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j).add(k.add(l)));
    return sum.reduceLanes(VectorOperators.ADD);
  }
}
