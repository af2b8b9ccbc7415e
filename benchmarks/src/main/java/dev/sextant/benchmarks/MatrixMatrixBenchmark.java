package dev.sextant.benchmarks;

import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Rows;
import dev.sextant.kernel.Workers;
import java.lang.foreign.Arena;
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

/** How fast does a prompt meet a matrix? Bound by arithmetic: hold gigaflops per second against {@link CalibrationBenchmark}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixMatrixBenchmark {
  @Param({"576x576", "1536x576"})
  public String shape;
  /** From a small batch to a long prompt. */
  @Param({"2", "8", "32", "128", "512"})
  public int tokens;
  @Param({"F32", "BF16"})
  public String weights;
  @Param({"vector", "scalar"})
  public String kernels;
  @Param({"1", "2"})
  public int threads;

  private Arena arena;
  private Workers workers;
  private Engine engine;
  private Matrix matrix;
  private Rows x;
  private Rows y;

  @Setup
  public void setUp() {
    int rows = Integer.parseInt(shape.split("x")[0]);
    int columns = Integer.parseInt(shape.split("x")[1]);
    arena = Arena.ofShared();
    workers = new Workers(threads);
    engine = new Engine(RandomWeights.kernels(kernels), workers);
    matrix = RandomWeights.matrix(weights, rows, columns, arena);
    x = new Rows(columns).resize(tokens);
    System.arraycopy(RandomWeights.vector(tokens * columns), 0, x.data(), 0, tokens * columns);
    y = new Rows(rows);
  }

  @TearDown
  public void tearDown() {
    workers.close();
    arena.close();
  }

  @Benchmark
  public float[] multiply(Rates rates) {
    engine.multiply(matrix, null, x, y);
    rates.add(matrix.data().byteSize(), 2.0 * tokens * matrix.rows() * matrix.columns());
    return y.data();
  }
}
