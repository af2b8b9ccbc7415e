package dev.sextant.benchmarks;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.TokenJourney;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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

/**
 * Tokens per second while decoding greedily: a plain generation, and journeys that keep nothing, all attention
 * probabilities, or everything, or count votes against the runner-up (and, sources, split 8 heads by position), read the
 * lens in every layer, or do what tells why a token was chosen. The prompt is read before anything is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(value = 3, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JourneyBenchmark {
  private static final int DECODED = 8;

  /** As of the other benchmarks of whole models: {@link ModelState#model}. */
  @Param("examples/models/storm")
  public String model;
  /** Tokens in the prompt. */
  @Param("64")
  public int context;
  @Param({"plain", "empty", "attention", "everything", "votes", "sources", "lens", "why"})
  public String captured;

  private Model opened;
  private Stream<?> stream;
  private Iterator<?> tokens;

  @Setup
  public void setUp() {
    opened = Model.load(ModelFolders.of(model), LoadOptions.defaults());
  }

  /** A new text for every iteration, so that all measure the same lengths of context. */
  @Setup(Level.Iteration)
  public void newText() {
    int[] prompt = new SplittableRandom(1).ints(context, 0, opened.config().vocabularySize()).toArray();
    var generate = opened.generate().ids(prompt).endTokens().maxTokens(Integer.MAX_VALUE);
    stream = JourneyTurns.stream(captured, generate);
    tokens = stream.iterator();
    tokens.next();
  }

  @TearDown(Level.Iteration)
  public void endText() {
    stream.close();
  }

  @TearDown
  public void tearDown() {
    opened.close();
  }

  @Benchmark
  @OperationsPerInvocation(DECODED)
  public Object decode() {
    Object last = null;
    for (int i = 0; i < DECODED; i++) {
      if (!tokens.hasNext()) { // the context is full
        endText();
        newText();
      }
      last = tokens.next();
    }
    return last instanceof TokenJourney journey ? journey.id() : last;
  }
}
