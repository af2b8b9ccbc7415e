package dev.sextant.benchmarks;

import dev.sextant.LoadOptions;
import dev.sextant.Model;
import dev.sextant.Session;
import dev.sextant.WeightFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One round of the comparison with other engines ({@code tools/peers}): tokens per second of decoding {@value #DECODED}
 * tokens into an empty text, by the whole product with its choice of tokens, and of reading a prompt of {@value #PROMPT}.
 * What the machine reads and multiply-adds is measured right beside each figure, so that a share means something on a
 * machine whose speed swings. Prints one line of JSON.
 *
 * <pre>SpeedRound MODEL_FOLDER AS_STORED|Q8|Q4 vector|scalar THREADS SAMPLES</pre>
 */
public final class SpeedRound implements AutoCloseable {
  private static final int DECODED = 128;
  private static final int PROMPT = 512;
  private static final double WARM_UP_SECONDS = 10;

  private final Model model;
  private final MachineLimits limits;
  private final int[] prompt;
  private final Work work;

  private SpeedRound(Path folder, LoadOptions options) {
    model = Model.load(folder, options);
    limits = new MachineLimits(options.threads());
    prompt = new SplittableRandom(1).ints(PROMPT, 0, model.config().vocabularySize()).toArray();
    work = Work.of(model);
  }

  public static void main(String[] args) {
    LoadOptions options = LoadOptions.defaults().withWeights(WeightFormat.valueOf(args[1]))
        .withVectorized(args[2].equals("vector")).withThreads(Integer.parseInt(args[3]));
    try (SpeedRound round = new SpeedRound(Path.of(args[0]), options)) {
      round.run(Integer.parseInt(args[4])).with("jdk", Runtime.version().toString()).print();
    }
  }

  private JsonLine run(int samples) {
    warmUp();
    double[] decode = new double[samples];
    double[] prefill = new double[samples];
    double[] read = new double[samples];
    double[] multiplyAdd = new double[samples];
    for (int i = 0; i < samples; i++) {
      read[i] = bytesPerSecond();
      decode[i] = decode(DECODED);
      read[i] = (read[i] + bytesPerSecond()) / 2; // before and after
      multiplyAdd[i] = operationsPerSecond();
      prefill[i] = prefill();
    }
    return new JsonLine().with("decode", decode).with("prefill", prefill).with("read", read)
        .with("multiply_add", multiplyAdd).with("decode_bytes", work.decodeBytes())
        .with("prefill_operations", work.prefillOperations(PROMPT));
  }

  private void warmUp() {
    long end = System.nanoTime() + (long) (WARM_UP_SECONDS * 1e9);
    do {
      prefill();
      decode(DECODED);
      bytesPerSecond();
      operationsPerSecond();
    } while (System.nanoTime() < end);
  }

  /** Tokens per second. */
  private double decode(int tokens) {
    return model.generate().ids(prompt[0]).endTokens().maxTokens(tokens + 1).run().tokensPerSecond();
  }

  /** Tokens per second, the logits of the last one included. */
  private double prefill() {
    long start = System.nanoTime();
    try (Session session = model.session()) {
      session.append(prompt).distribution();
    }
    return PROMPT / ((System.nanoTime() - start) / 1e9);
  }

  private double bytesPerSecond() {
    return median(limits::bytesPerSecond);
  }

  private double operationsPerSecond() {
    return median(limits::operationsPerSecond);
  }

  private static double median(java.util.function.DoubleSupplier measurement) {
    return Arrays.stream(new double[5]).map(_ -> measurement.getAsDouble()).sorted().toArray()[2];
  }

  @Override
  public void close() {
    limits.close();
    model.close();
  }
}
