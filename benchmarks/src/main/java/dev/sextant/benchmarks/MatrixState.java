package dev.sextant.benchmarks;

import dev.sextant.kernel.Engine;
import dev.sextant.kernel.Matrix;
import dev.sextant.kernel.Rows;
import dev.sextant.kernel.Workers;
import java.lang.foreign.Arena;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A matrix and some tokens that meet it. */
@State(Scope.Benchmark)
public abstract class MatrixState {
  @Param({"F32", "BF16", "F16"})
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

  /** Rows and columns, as in 1536x576. */
  abstract String shape();

  abstract int tokens();

  @Setup
  public void setUp() {
    int rows = Integer.parseInt(shape().split("x")[0]);
    int columns = Integer.parseInt(shape().split("x")[1]);
    arena = Arena.ofShared();
    workers = new Workers(threads);
    engine = new Engine(RandomWeights.kernels(kernels), workers);
    matrix = RandomWeights.matrix(weights, rows, columns, arena);
    x = new Rows(columns).resize(tokens());
    System.arraycopy(RandomWeights.vector(tokens() * columns), 0, x.data(), 0, tokens() * columns);
    y = new Rows(rows);
  }

  @TearDown
  public void tearDown() {
    workers.close();
    arena.close();
  }

  float[] product(Rates rates) {
    engine.multiply(matrix, null, x, y);
    rates.add(matrix.data().byteSize(), 2.0 * tokens() * matrix.rows() * matrix.columns());
    return y.data();
  }
}
