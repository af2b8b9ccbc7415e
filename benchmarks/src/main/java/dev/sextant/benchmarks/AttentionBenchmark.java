package dev.sextant.benchmarks;

import dev.sextant.kernel.AttentionShape;
import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Findings;
import dev.sextant.kernel.KeyValues;
import dev.sextant.kernel.Rows;
import dev.sextant.kernel.Workers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does looking back cost one token, by the length of the text? One layer of 9 heads over 3 key/value heads of 64. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttentionBenchmark {
  private static final AttentionShape SHAPE = new AttentionShape(9, 3, 64, 0.125f, 0, Integer.MAX_VALUE);

  @Param({"128", "1024", "4096"})
  public int context;
  @Param({"vector", "scalar"})
  public String kernels;
  @Param({"1", "2"})
  public int threads;
  @Param({"F32", "BF16"})
  public String cacheFormat;

  private Workers workers;
  private Engine engine;
  private KeyValues cache;
  private Rows query;
  private Rows mixed;

  @Setup
  public void setUp() {
    workers = new Workers(threads);
    engine = new Engine(RandomWeights.kernels(kernels), workers);
    int width = SHAPE.keyValueHeads() * SHAPE.headWidth();
    Rows keys = new Rows(width).resize(context);
    System.arraycopy(RandomWeights.vector(context * width), 0, keys.data(), 0, context * width);
    cache = new KeyValues(KeyValues.Format.valueOf(cacheFormat), SHAPE.keyValueHeads(), SHAPE.headWidth());
    cache.append(keys, keys);
    query = new Rows(SHAPE.heads() * SHAPE.headWidth()).resize(1);
    System.arraycopy(RandomWeights.vector(query.width()), 0, query.data(), 0, query.width());
    mixed = new Rows(query.width());
  }

  @TearDown
  public void tearDown() {
    workers.close();
  }

  @Benchmark
  public float[] attend(Rates rates) {
    engine.attend(SHAPE, query, cache, mixed, Findings.NONE);
    rates.add(2.0 * context * SHAPE.keyValueHeads() * SHAPE.headWidth() * (cacheFormat.equals("F32") ? 4 : 2),
        4.0 * context * SHAPE.heads() * SHAPE.headWidth());
    return mixed.data();
  }
}
