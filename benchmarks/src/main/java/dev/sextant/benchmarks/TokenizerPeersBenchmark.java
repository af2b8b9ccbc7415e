package dev.sextant.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.sextant.tokenizer.EncodeOptions;
import dev.sextant.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import java.util.concurrent.TimeUnit;

/**
 * How fast does a megabyte of this project's own text and code become ids, here and with other libraries on the JVM?
 * Tokenizers come from {@code tools/fetch-tokenizers.sh FOLDER}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenizerPeersBenchmark {
  private static final int LENGTH = 1_000_000;
  private static final Map<String, EncodingType> OF_JTOKKIT = Map.of("gpt2", EncodingType.R50K_BASE, "cl100k",
      EncodingType.CL100K_BASE, "o200k", EncodingType.O200K_BASE);

  /** The folder that the tokenizers were fetched into. */
  @Param("tokenizers")
  public String folder;

  @Param({"gpt2", "cl100k", "llama3", "qwen3"})
  public String tokenizer;

  @Param({"sextant", "sextant-encoding", "jtokkit", "djl"})
  public String library;

  private String text;
  private Encoder encoder;

  /** Encodes the text and says how many ids it has. */
  @FunctionalInterface
  private interface Encoder {
    int encode(String text);
  }

  @Setup
  public void setUp() throws IOException {
    text = text();
    System.out.println(text.getBytes(StandardCharsets.UTF_8).length + " bytes of UTF-8");
    Path file = Path.of(folder, tokenizer, "tokenizer.json");
    encoder = switch (library) {
      case "sextant" -> sextant(Tokenizer.load(file));
      case "sextant-encoding" -> encodings(Tokenizer.load(file));
      case "jtokkit" -> jtokkit();
      case "djl" -> djl(file);
      default -> throw new IllegalArgumentException("the library " + library + " is not known");
    };
  }

  private static Encoder sextant(Tokenizer tokenizer) {
    return text -> tokenizer.encodeIds(text, EncodeOptions.PLAIN_TEXT).length;
  }

  private static Encoder encodings(Tokenizer tokenizer) {
    return text -> tokenizer.encode(text, EncodeOptions.PLAIN_TEXT).size();
  }

  private Encoder jtokkit() {
    EncodingType type = OF_JTOKKIT.get(tokenizer);
    if (type == null) {
      throw new IllegalArgumentException("JTokkit has no vocabulary " + tokenizer);
    }
    Encoding encoding = Encodings.newDefaultEncodingRegistry().getEncoding(type);
    return text -> encoding.encodeOrdinary(text).size();
  }

  private static Encoder djl(Path file) throws IOException {
    HuggingFaceTokenizer opened = HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false",
        "modelMaxLength", "100000000"));
    return text -> opened.encode(text, false, false).getIds().length;
  }

  /** Sources and documentation of this project, from the folder that the benchmark is started in. */
  private static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : files()) {
      text.append(Files.readString(file));
    }
    while (text.length() < LENGTH) {
      text.append(text, 0, Math.min(text.length(), LENGTH - text.length()));
    }
    return text.substring(text.length() - LENGTH);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> paths = Files.walk(Path.of(""))) {
      return paths.filter(path -> path.toString().matches("(?!.*target/).*\\.(java|md|py)")).sorted().toList();
    }
  }

  @Benchmark
  public int encode() {
    return encoder.encode(text);
  }
}
