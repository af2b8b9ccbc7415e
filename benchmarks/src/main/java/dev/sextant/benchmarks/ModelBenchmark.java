package dev.sextant.benchmarks;

import dev.sextant.Distribution;
import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Tokens per second of a whole model: reading a prompt, and decoding behind texts of some lengths. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ModelBenchmark {
  private static final int PROMPT = 256;
  private static final int DECODED = 16;

  /** The model's folder; the bundled demo model unless given with -p model=DIR. */
  @Param("examples/models/storm")
  public String model;
  @Param({"16", "400"})
  public int context;
  @Param({"vector", "scalar"})
  public String kernels;
  @Param({"1", "2"})
  public int threads;

  private Model opened;
  private Session session;
  private int[] prompt;

  @Setup
  public void setUp() {
    LoadOptions options = LoadOptions.defaults().withThreads(threads).withVectorized(kernels.equals("vector"));
    opened = Model.load(Path.of(model), options);
    prompt = new SplittableRandom(1).ints(Math.max(PROMPT, context), 0, opened.config().vocabularySize()).toArray();
  }

  @Setup(Level.Iteration)
  public void newText() {
    session = opened.session().append(Arrays.copyOf(prompt, context));
  }

  @TearDown
  public void tearDown() {
    opened.close();
  }

  /** Appends tokens one by one, each with the distribution behind it, then cuts the text back. */
  @Benchmark
  @OperationsPerInvocation(DECODED)
  public int decode() {
    int next = 0;
    for (int i = 0; i < DECODED; i++) next = session.append(next).distribution().argmax();
    session.truncate(context);
    return next;
  }

  /** Reads a prompt in one piece. */
  @Benchmark
  @OperationsPerInvocation(PROMPT)
  public Distribution prefill() {
    return opened.nextTokenDistribution(Arrays.copyOf(prompt, PROMPT));
  }
}
