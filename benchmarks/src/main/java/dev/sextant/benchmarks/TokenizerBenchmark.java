package dev.sextant.benchmarks;

import dev.sextant.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How fast does text become ids, and ids text? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(3)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenizerBenchmark {
  private static final String SENTENCES = "The storm is getting closer. Mia counts 12 boats, 3 of them red; Tom doesn't "
      + "believe her. \u201eEs st\u00fcrmt!\u201c, ruft jemand. \u98a8\u304c\u5f37\u3044\u3002\n";

  /** A folder with a tokenizer.json; the bundled demo model's unless given with -p tokenizer=DIR. */
  @Param("examples/models/storm")
  public String tokenizer;

  private Tokenizer opened;
  private String text;
  private int[] ids;
  private int bytes;

  /** Text handled per second. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Text {
    /** UTF-8 bytes, in units of 10^6. */
    public double megabytes;

    @Setup(Level.Iteration)
    public void reset() {
      megabytes = 0;
    }
  }

  @Setup
  public void setUp() {
    opened = Tokenizer.load(Path.of(tokenizer));
    text = SENTENCES.repeat(500);
    ids = opened.encode(text).ids();
    bytes = text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Benchmark
  public int[] encode(Text done) {
    done.megabytes += bytes / 1e6;
    return opened.encode(text).ids();
  }

  @Benchmark
  public String decode(Text done) {
    done.megabytes += bytes / 1e6;
    return opened.decode(ids);
  }
}
