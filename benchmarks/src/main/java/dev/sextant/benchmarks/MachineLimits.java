package dev.sextant.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What this machine can read from memory and multiply-add, in Java, with some threads at once. */
final class MachineLimits implements AutoCloseable {
  private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
  /** Bytes for each thread, far beyond any cache. */
  static final long BYTES = 256L << 20;
  private static final int ROUNDS = 1 << 18;

  private final Arena arena = Arena.ofShared();
  private final ExecutorService pool;
  private final List<MemorySegment> memory = new ArrayList<>();
  private float sum;

  MachineLimits(int threads) {
    pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) memory.add(newMemory(arena));
  }

  static MemorySegment newMemory(Arena arena) {
    return arena.allocate(BYTES, 64).fill((byte) 1);
  }

  /** Bytes per second that all threads read together. */
  double bytesPerSecond() {
    return (double) BYTES * memory.size() / seconds(thread -> () -> read(memory.get(thread)));
  }

  /** Floating point operations per second of all threads together, a multiply-add counted as two. */
  double operationsPerSecond() {
    float[] factors = RandomWeights.vector(64);
    return operations(ROUNDS) * memory.size() / seconds(_ -> () -> multiplyAdd(factors, ROUNDS));
  }

  /** From the first that begins to the last that ends. */
  private double seconds(IntFunction<Callable<Float>> work) {
    List<Callable<Float>> parts = new ArrayList<>();
    for (int i = 0; i < memory.size(); i++) parts.add(work.apply(i));
    try {
      long start = System.nanoTime();
      for (Future<Float> part : pool.invokeAll(parts)) sum += part.get();
      return (System.nanoTime() - start) / 1e9;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pool.close();
    arena.close();
    if (Float.isNaN(sum)) throw new IllegalStateException("the sum of what was read is no number"); // so it is needed
  }

  /** Reads memory in four streams. */
  static float read(MemorySegment memory) {
    FloatVector a = FloatVector.zero(LANES);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    long quarter = memory.byteSize() / 4;
    for (long i = 0; i < quarter; i += LANES.vectorByteSize()) {
      a = a.add(FloatVector.fromMemorySegment(LANES, memory, i, ByteOrder.LITTLE_ENDIAN));
      b = b.add(FloatVector.fromMemorySegment(LANES, memory, i + quarter, ByteOrder.LITTLE_ENDIAN));
      c = c.add(FloatVector.fromMemorySegment(LANES, memory, i + 2 * quarter, ByteOrder.LITTLE_ENDIAN));
      d = d.add(FloatVector.fromMemorySegment(LANES, memory, i + 3 * quarter, ByteOrder.LITTLE_ENDIAN));
    }
    return a.add(b).add(c.add(d)).reduceLanes(VectorOperators.ADD);
  }

  /** Twelve independent chains of multiply-adds, which keep both units busy. */
  static float multiplyAdd(float[] factors, int rounds) {
    FloatVector x = FloatVector.fromArray(LANES, factors, 0);
    FloatVector y = FloatVector.fromArray(LANES, factors, 16);
    FloatVector a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
    for (int round = 0; round < rounds; round++) {
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
    FloatVector sum = a.add(b).add(c.add(d)).add(e.add(f).add(g.add(h))).add(i.add(j).add(k.add(l)));
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** Floating point operations of {@link #multiplyAdd}. */
  static double operations(int rounds) {
    return 2.0 * 12 * LANES.length() * rounds;
  }
}
