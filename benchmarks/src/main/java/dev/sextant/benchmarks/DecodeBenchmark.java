package dev.sextant.benchmarks;

import dev.sextant.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast does a model go on, token by token, behind texts of some lengths, and several sessions at once? Against
 * {@code read} of the calibration. With {@code -prof gc}: what a token allocates, the distribution that is asked for
 * included (4 bytes for each token of the vocabulary).
 */
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark extends ModelState {
  private static final int DECODED = 128;

  @Param({"0", "1024", "4096"})
  public int context;
  /** Sessions that go on at the same time, each in a thread of its own. */
  @Param("1")
  public int sessions;

  private final List<Session> open = new ArrayList<>();
  private ExecutorService pool;

  @Setup
  public void start() {
    pool = Executors.newFixedThreadPool(sessions);
  }

  @Setup(Level.Iteration)
  public void newTexts() {
    open.clear();
    for (int i = 0; i < sessions; i++) {
      Session session = model().session();
      if (context > 0) session.append(text(context));
      open.add(session);
    }
  }

  @TearDown
  public void stop() {
    pool.close();
  }

  /** Appends tokens one by one, each with the distribution behind it, then cuts the text back. Counts as {@value #DECODED}. */
  @Benchmark
  @OperationsPerInvocation(DECODED)
  public int decode(Tokens count, Rates rates) throws InterruptedException, ExecutionException {
    count.tokens += (long) DECODED * sessions;
    rates.add(work().decodeBytes() * DECODED * sessions, 0);
    if (sessions == 1) return goOn(open.getFirst());
    List<Callable<Integer>> all = new ArrayList<>();
    for (Session session : open) all.add(() -> goOn(session));
    int last = 0;
    for (Future<Integer> one : pool.invokeAll(all)) last += one.get();
    return last;
  }

  private int goOn(Session session) {
    int next = 0;
    for (int i = 0; i < DECODED; i++) next = session.append(next).distribution().argmax();
    session.truncate(context);
    return next;
  }
}
